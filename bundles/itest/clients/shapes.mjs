// What clients' tests ask for: the arguments of the tool `add`, and a person.
const number = { type: "number" };

export const numbers = { type: "object", properties: { a: number, b: number }, required: ["a", "b"] };
export const tools = [{ type: "function", function: { name: "add", description: "Add two numbers", parameters: numbers } }];
export const person = {
  type: "object",
  properties: { name: { type: "string" }, age: { type: "integer" } },
  required: ["name", "age"],
  additionalProperties: false,
};
