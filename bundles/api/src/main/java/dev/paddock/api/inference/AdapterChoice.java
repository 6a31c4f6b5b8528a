package dev.paddock.api.inference;

/**
 * The LoRA adapters of an installed model, as a request asks for them.
 *
 * @param model name as the client wrote it; it has adapters of its own and the weights of the model that answers
 * @param scale how much they count; 1 = as trained, 0 = not at all, at most {@link #STRONGEST} either way
 */
public record AdapterChoice(String model, double scale) {
    /** Largest scale, and as a negative number the smallest. */
    public static final double STRONGEST = 10;
}
