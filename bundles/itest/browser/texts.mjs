// What models may write: all of Markdown that the page knows, and what would be an attack were it HTML.

export const PROSE = `Felix keeps every part of the server in a **bundle** of its own. To replace one while answers stream:

1. Build it, and copy the jar into \`bundles/\`.
2. File Install sees the new file and updates the bundle.
   - Answers that are running go on.
   - New ones use the *new* code.

\`\`\`java
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/hello")
public final class Hello extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().println("Hello");
    }
}
\`\`\`

### What is kept

| part | while it stops | after |
| :--- | :---: | ---: |
| scheduler | queue waits | goes on |
| dialect | 503, with words | at once |

> A bundle that fails to start leaves the one before it in place.

See [the OSGi whiteboard](https://docs.osgi.org/specification/osgi.cmpn/8.1.0/service.servlet.html) for patterns.`;

export const HOSTILE = `Look: <img src=x onerror="window.hit=1"> and <script>window.hit=2</script> and <svg/onload=window.hit=3>

[click](javascript:window.hit=4) [data](data:text/html,<script>window.hit=5</script>) [rel](/api/delete) ![pic](https://evil.example/track.png)

<https://evil.example/"onmouseover=window.hit=6> [x](https://ok.example/"onclick="window.hit=7)

\`\`\`<img src=x onerror=window.hit=8>
<iframe src="javascript:window.hit=9"></iframe>
\`\`\`

| <b onclick=window.hit=10>a</b> | b |
| --- | --- |
| <style>*{display:none}</style> | <a href="javascript:window.hit=11">c</a> |`;
