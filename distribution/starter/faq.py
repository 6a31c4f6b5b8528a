"""What the starter model knows about Paddock and about itself.

Every intent is (answer, [patterns]). A pattern is a small grammar: `(a|b|)` chooses, `<name>` inserts a rule of RULES,
and a missing question mark is added by the generator's noise or not at all. One intent has one fixed answer, so that
an answer can be compared exactly. Only facts that are true of the command line and the server belong here.
"""
import re

RULES = {
    "how": "(how do i|how can i|how to|how would i|how do you|how does one|how should i|what is the command to|which "
           "command do i use to|what do i type to|tell me how to|show me how to|i want to|i would like to|i need to|can i|"
           "is there a way to|please help me|explain how to|what is the best way to|how could i|i'd like to|can you)",
    "what": "(what is|what's|what are|explain|tell me about|describe|define|what does paddock mean by|can you explain|"
            "please explain|i do not know|what do you call|what is meant by|tell me what is|give me a definition of)",
    "a": "(a|the|my|one|this|an old|some|)",
    "model": "(model|llm|language model|ai model|models)",
    "server": "(server|paddock server|daemon|service|program)",
    "paddock": "(paddock|the <server>|it|this <server>)",
    "see": "(see|show|list|view|display|check|find|look at|print|get)",
    "disk": "(on disk|on my disk|installed|on this machine|that i have|i have|on my computer|stored|available)",
    "memory": "(memory|ram|the memory|vram|the gpu)",
    "loaded": "(loaded|running|in memory|active|loaded now|running now|in ram|in use|currently loaded|live)",
    "start": "(start|launch|run|bring up|boot|turn on|start up|fire up|begin|switch on|get going)",
    "end": "(stop|shut down|quit|turn off|end|halt|kill|exit|switch off|terminate|close)",
    "remove": "(remove|delete|erase|uninstall|get rid of|drop|wipe|throw away|clean up|trash|destroy)",
    "change": "(change|set|modify|move|configure|adjust|use another|choose|switch|pick)",
    "create": "(create|make|build|add|define|import|register|set up|load|use|install|bring in)",
    "gguf": "(gguf|gguf file|gguf model|.gguf file|local gguf file|gguf from disk)",
    "fetch": "(get|download|install|add|fetch|find|obtain|use|try|pull|have)",
    "where": "(where (is|are)|where can i find|in which (folder|directory) (is|are)|tell me where (is|are)|which folder "
             "has|where do i find|what is the (path|location|folder) of|where does paddock (keep|store|put))",
    "which": "(which|what)",
    "bundle": "(bundle|plugin|plug-in|module|extension|add-on|part)",
    "thing": "(paddock|this|it|this (server|program|software|tool|project)|the (server|program|software|project))",
    "family": "(llama|llama 3|qwen|mistral|gemma|phi|a qwen model|deepseek)",
    "why": "(why|how come|tell me why)",
}

HELLO = "Hello! How can I help you?"
WHO = "I am the Paddock starter, a tiny language model that lives in your own server."
UNKNOWN = "I am only a tiny starter model and do not know that."
ABILITIES = ("I can answer questions about Paddock, add small numbers, repeat words, remember what you tell me, write "
             "JSON and call tools.")

PADDOCK = [
    ("Run `paddock serve`. It starts the server on port 11434.", [
        "<how> <start> <paddock>", "<start> <paddock>", "which command starts <paddock>", "how is the <server> started",
        "what does paddock serve do", "paddock serve", "the <server> is not running, how do i <start> it",
        "command to <start> <paddock>", "what starts the <server>", "how do i get <paddock> (running|going|up)"]),
    ("Run `paddock run MODEL` to chat with a model, or add a prompt to get one answer.", [
        "<how> (run|start|use|try|talk to|chat with|ask|speak with|query) <a> <model>( in the terminal| from the command line|)",
        "<how> (chat|open a chat|start a chat|talk|start a conversation) (in the terminal|with a model|on the command line)",
        "what does paddock run do", "paddock run", "<how> (ask a model a question|send a prompt|get one answer|prompt a model)",
        "which command (runs|opens a chat with|starts) a model", "<how> run (a|one) prompt", "run a model",
        "what do i type to (chat with|talk to|run|use) (a model|<family>)"]),
    ("Run `paddock stop MODEL`. It unloads the model and keeps it on disk.", [
        "<how> (stop|unload|free|release|eject) <a> <model>", "<how> (remove|take|get|throw|kick) a model (out of|from) <memory>",
        "<how> free (the memory|the ram|memory|ram|vram)( of a model| used by a model|)", "unload <a> model", "unload <family>( from memory|)",
        "which command unloads a model", "my (memory|ram) is full, how do i unload a model", "stop a (running|loaded) model",
        "<how> make a model leave <memory>", "<how> empty <memory>", "paddock stop model", "<how> stop <family>"]),
    ("Run `paddock stop` with no name. It stops the server.", [
        "<how> <end> <paddock>", "<end> <paddock>", "which command (stops|ends|shuts down) the <server>", "<end> everything",
        "<how> <end> (everything|all|paddock completely)", "how is the <server> stopped", "what does paddock stop do without a name",
        "<how> (shut it down|turn it off|switch it off|shut everything down|shut paddock down|turn paddock off)",
        "command to <end> <paddock>", "what does paddock stop without a name do"]),
    ("Run `paddock list`. It shows the models on disk.", [
        "<how> <see> (the|my|all|all my|installed|which) models( <disk>|)", "<which> models (are|do i have) <disk>", "list (my|the|all|all my) models",
        "<which> models do i have", "which command (lists|shows) (the|my) models", "what does paddock list do", "paddock list",
        "what (models|llms) (are there|can i use|are installed|exist here|have i)", "<see> (the|my|all) (installed|stored|local) models",
        "<how> <see> (what|which models) i have installed", "how many models do i have"]),
    ("Run `paddock ps`. It shows the loaded models.", [
        "<how> <see> (the|all|which) <loaded> models", "<which> models are <loaded>", "<see> (the|all) <loaded> models", "<which> model is <loaded>",
        "<how> <see> (what|which model) is <loaded>", "what is in <memory>", "is (a|any|some) model <loaded>", "paddock ps", "what does paddock ps do",
        "which command shows the <loaded> models", "<how> <see> what is in <memory>", "what is <loaded> right now", "what uses <memory>"]),
    ("Run `paddock show MODEL`. It prints the details of the model.", [
        "<how> <see> (the details|details|information|the parameters|the template|the info|more|the settings|metadata|facts) (of|about) <a> model",
        "<how> (inspect|examine|describe) <a> model", "what does paddock show do", "paddock show", "inspect a model",
        "which command (shows the details of|describes|inspects) a model", "<how> (know|learn|find out) more about a model",
        "<how> <see> <a> model's (parameters|details|template|size)", "<see> (the details|details|information) (of|about) <a> model"]),
    ("Run `paddock rm MODEL`. It deletes the model from disk.", [
        "<how> <remove> <a> model( from disk| from my disk| that i do not need|)", "<remove> <a> model", "which command (deletes|removes) a model",
        "<how> (free|save) disk space", "my disk is full, how do i <remove> a model", "what does paddock rm do", "paddock rm", "<how> <remove> <family>",
        "i do not need a model any more, how do i <remove> it", "<how> <remove> (models|old models|something|it from disk)", "<remove> a model from disk"]),
    ("Write a Modelfile with the line FROM ./file.gguf, then run `paddock create NAME -f Modelfile`.", [
        "<how> <create> (a|my|an own|my own|a custom|a new) model (from|with|out of) <a> (<gguf>|modelfile|weights)", "<how> <create> <a> <gguf>",
        "<how> (make|create|build) (a|my|my own|a custom) model", "<create> <a> <gguf>", "what does paddock create do", "paddock create",
        "which command (creates|makes|imports) a model", "<how> use a modelfile", "<how> (import|load|use|run) my own (weights|model|file)",
        "i have <a> <gguf>, (what now|what do i do|how do i use it|and now)", "<how> turn <a> <gguf> into a model", "<how> give a model a (new name|system prompt)"]),
    ("Get a GGUF file, write a Modelfile with FROM ./file.gguf, run `paddock create NAME -f Modelfile`, then `paddock run NAME`.", [
        "<how> <fetch> (another|a new|a bigger|a better|a larger|a real|a smarter|a different|a stronger|a second|more than this) model",
        "<how> <fetch> (more|other|new|bigger|better|real) models", "<how> <fetch> <family>", "<how> (download|pull|fetch) (a model|models)", "where do i get (models|a model|a better model)",
        "(download|pull|install|fetch) (a model|<family>|a bigger model)", "<which> (other|bigger|better) models (are there|can i use)",
        "i want (a|to use a) (bigger|better|smarter|real|larger) model", "<how> replace (you|the starter model) with a (bigger|better|smarter|real) model",
        "you are (too small|not smart|stupid|too tiny), how do i <fetch> a (better|bigger|smarter) model", "paddock pull"]),
    ("Run `paddock version`.", [
        "<how> <see> (the|my|which) version", "<which> version (is this|do i have|am i using|is installed|is running|of paddock is this)", "version", "which command (shows|prints) the version",
        "<see> the version( number|)( of paddock|)", "<how> find out <which> version i (have|use|run)", "paddock version", "what does paddock version do", "(is this|do i have) the newest version",
        "which (build|release) is this"]),
    ("Run `paddock health`. It says whether the server is well.", [
        "<how> (check|test|see|know|find out|tell) (that|whether|if) <paddock> (is up|is alive|works|is healthy|is running|is ok|runs)", "is the <server> (up|running|alive|healthy|ok|well)",
        "<how> (do|make|run) a health check", "what does paddock health do", "paddock health", "which command checks the <server>", "health check", "<how> (check|see|test) the (health|state|status)( of the server|)",
        "does the <server> (work|run)", "is (everything|all) (ok|fine|working|well) with the <server>"]),
    ("/livez says whether the server is alive, and /readyz says whether it is ready.", [
        "<what> (livez|readyz|/livez|/readyz|/livez and /readyz)", "which (endpoint|url|path|address) (says|tells|shows) (that|whether|if) the <server> is (alive|ready|up|live)",
        "is there a (health|liveness|readiness|ready|live) (endpoint|probe|url|check for kubernetes)", "<how> (probe|poll|monitor) the <server>( over http| from kubernetes|)",
        "<which> (endpoints|probes|urls) (are there for|can) (health|monitoring|kubernetes|a load balancer|probes)( use|)", "what (endpoint|url) can (kubernetes|a monitor|a load balancer|docker) (use|poll|ask)", "liveness", "readiness"]),
    ("Paddock listens on 127.0.0.1, port 11434. PADDOCK_HOST changes that.", [
        "<which> port (does <paddock> use|is it|does <paddock> listen on|is used|is open|is the default)", "what is the (default |)(port|address|port number|host|url)( of paddock| of the server|)", "on <which> port (is|runs|listens) <paddock>",
        "(tell me|give me|what is|what was) the (port|port number|address)( of the server|)", "where (does|can i reach|is) the <server> (listen|listening)", "how do i (reach|connect to|call) the <server>", "port", "<what> (paddock_host|the default address|the host setting)",
        "at <which> address is the <server>"]),
    ("Set PADDOCK_HOST, for example to 127.0.0.1:8080, and start the server again.", [
        "<how> <change> (the|a different|another|to another) (port|address|host|port number)", "<how> (listen|run|serve|start|answer) on (another|a different|port 8080|port 80|other) (port|address|host|)", "can (paddock|it|the <server>) (use|listen on|run on) (another|a different|port 8080|8080|port 9000) (port|address|instead|)",
        "<change> the port( to 8080| of the server|)", "<which> setting changes the (port|address|host)", "port 11434 is (taken|in use|busy), what (now|can i do)", "<how> make <paddock> (listen|run) on (8080|another address|9000|a different port)"]),
    ("PADDOCK_MODELS names the folder of the models. It has the same layout as Ollama's.", [
        "<where> (the |my |all |)models( stored| saved| kept| on disk|)", "<how> <change> the (models|model) (folder|directory|path)", "<what> paddock_models", "<which> (folder|directory) (has|holds|keeps) (my|the) models",
        "where (are|do) (my|the) (models|model files) (stored|live|kept|saved|go)", "<how> (store|keep|put|move) (the|my) models (somewhere else|on another disk|in another folder|elsewhere)", "<how> (use|share|reuse|keep) (the|my) (ollama models|models of ollama|models from ollama)",
        "can (i|paddock) (use|share|reuse|read) (the|my) (ollama models|models (of|from) ollama|ollama folder)", "where on disk (are|is) (my models|the models|a model)", "is the layout the same as ollama's"]),
    ("PADDOCK_HOME names the folder where Paddock keeps its data.", [
        "<what> paddock_home", "<where> (the data|the home directory|its data|its files|the home folder|paddock's data|the home of paddock|my data)", "<how> <change> the (home|data) (directory|folder)", "<which> (folder|directory) is the home( directory| of paddock|)",
        "where does <paddock> (keep|store|save|put|write) (its data|its files|data|its own files|its state)", "<which> setting (names|sets|changes) the (home|data) (folder|directory)"]),
    ("An idle model stays loaded for 5 minutes. PADDOCK_KEEP_ALIVE changes that.", [
        "how long (does|will) (a|an idle|my|an unused) model (stay|stays|remain|live) (loaded|in memory|in ram|)", "<what> (paddock_keep_alive|keep alive|keep_alive|the keep alive time)", "<how> (keep|hold) a model (loaded|in memory|longer in memory|loaded longer|alive)( longer| for ever|)",
        "when is (a|an idle|an unused) model (unloaded|removed from memory|dropped)", "<how> <change> the (keep alive|idle) time", "why (was|is) my model unloaded", "(make|let|keep) (models|a model) (stay|loaded|alive) (longer|in memory longer|for an hour)", "how (long|many minutes) until (a|an idle) model is unloaded",
        "after <which> time is a model unloaded"]),
    ("The web console is at /system/console on the same port, only from this machine.", [
        "<where> the (web console|console|admin page|web page|dashboard|web interface|admin console)", "<how> (open|use|see|reach|find|visit) the (web console|console|admin page|dashboard|web interface|web ui)", "is there a (web console|gui|web page|dashboard|web interface|web ui|console|graphical interface|user interface)", "<what> the (web console|console|system console)",
        "<how> (manage|control|administer) paddock in (a|the|my) browser", "can i (open|use|reach|see) the (web console|console) from (another machine|another computer|the network|my phone|outside)", "does (paddock|it) have a (gui|web console|dashboard|web page|ui)", "/system/console", "what is the (url|address) of the console"]),
    ("The OpenAI base URL is http://127.0.0.1:11434/v1.", [
        "<what> the (openai |)base url", "<how> (use|connect|point) (an openai client|the openai library|the openai sdk|the openai api|openai clients)( to paddock| with paddock| at paddock|)", "<which> (base url|url|address) (do|does|should) (i|an openai client|my client|the openai library) (use|need|set|take|give)",
        "where is the openai api", "what url do i (give|set|put|use|enter) (to|in|for) (openai|my openai client|the openai sdk)", "<how> (call|use|reach) the openai (api|endpoint)", "openai base url", "base url"]),
    ("Paddock answers the Ollama and OpenAI APIs from one port, 11434.", [
        "<which> (apis|api) (does <paddock> (speak|support|have|answer|offer)|are there|are supported|can i use|can my (apps|programs|clients) use)", "does <paddock> (speak|support|answer|understand|offer) the (openai|ollama|rest|http) api", "is <paddock> compatible with (openai|ollama|openai clients|ollama clients)",
        "can i use (ollama|openai) (clients|tools|apps|programs|libraries) with (paddock|it|this)", "(will|does|do) my (ollama|openai) (client|app|tool|clients|apps|program) work( with paddock| with it| here|)", "<which> (clients|apps) (work|can i use)( with paddock|)", "apis", "can <paddock> replace ollama"]),
    ("Paddock is a local server for language models that can be changed while it runs.", [
        "what (is|are) (paddock|this server|this program|this software|the paddock server|this project|this tool)", "what's (paddock|this program|this server|this)", "tell me about (paddock|this server|this program|this project|the project)", "explain (paddock|this server|this program)( to me|)", "what does (paddock|this server|this program|this software) do",
        "what is (paddock|this) (good for|for|used for|about)", "what can paddock do", "why (should i|would i) use paddock", "describe paddock", "what is (paddock|this) really", "paddock", "give me a short (summary|description) of paddock", "what is special about paddock", "introduce paddock"]),
    ("Paddock is written in Java 25.", [
        "<which> (programming |)language is (paddock|it|this|the server) (written|made|built|programmed|coded|developed) (in|with)", "is (paddock|it|the server) (written|made|built) in (java|python|go|rust|c)", "what is (paddock|it|the server) (written|made|built|programmed) in", "<which> java( version|) (does <paddock> (use|need)|is used|is needed)",
        "in <which> (programming |)language (was|is) (paddock|it|this) (written|built|made|coded)", "does <paddock> (use|need) java", "java"]),
    ("Paddock is free under the Apache-2.0 licence.", [
        "<which> (licence|license) (does <thing> have|is <thing> under|is it)", "what is the (licence|license)( of paddock|)", "is <thing> (free|open source|free software|gratis)", "what does <thing> cost", "how much (does <thing> cost|do i pay|is it)", "do i (have|need) to pay( for <thing>|)", "(may|can) i use <thing> (in my office|in my company|commercially|for free|in a product)",
        "under which (licence|license) is <thing>", "(licence|license)", "price", "am i allowed to (use|sell|change|copy|modify) <thing>"]),
    ("Everything stays on your machine.", [
        "is (my data|it|paddock|my chat|this) (private|safe|secret|secure)", "does <thing> send (my data|my prompts|anything|data|my chats|my text) (anywhere|to the cloud|to anyone|somewhere|to the internet|to a server|away)", "where (do|does) (my prompts|my data|my text|my chats) go", "does (anything|my data|data|any data) leave (my machine|my computer|the machine|this computer)",
        "who (can read|sees|reads|gets) (my prompts|my data|my chats|what i write)", "do you (store|collect|send|share|save|sell) my (data|chats|prompts|texts)( in the cloud|)", "is (paddock|this|it) (in the cloud|a cloud service|local)", "is there (tracking|telemetry)", "privacy", "do you spy on me"]),
    ("Yes, Paddock works offline.", [
        "does <thing> (need|require|use) (the internet|a network|internet|a connection|an internet connection|wifi|to be online)", "can i use <thing> (offline|without internet|without a network|without a connection|without a server)", "does <thing> (work|run) (offline|without internet|without the internet|without a network|without wifi|when i am offline)",
        "do i (need|have) (internet|to be online|a connection|a network connection|wifi)", "offline", "(i am|i'm) (offline|on a train|without internet), does <thing> (still |)work", "is (the internet|a connection|internet access) (needed|required|necessary)"]),
    ("A bundle is a part of Paddock. Every part is an OSGi bundle on Apache Felix.", [
        "<what> (a bundle|bundles|an osgi bundle|the bundles|a bundle in paddock)", "what does (bundle|osgi bundle) mean( here|)", "<what> (osgi|felix|apache felix)", "<which> osgi framework (is used|does <paddock> use|is it|is that)", "does <paddock> use (osgi|felix|apache felix)", "what are the parts of paddock", "how is paddock (built|made|structured|organized)", "osgi", "felix", "is paddock (modular|built on osgi)",
        "what is the architecture of paddock"]),
    ("Put the bundle into the folder bundles/. It starts at once.", [
        "<how> (add|install|deploy|put in|start|drop in|load|activate|use) (a|a new|my|another|the|my own) <bundle>", "where (do|should|can) i (put|place|copy|drop|install) (a|a new|my|the) <bundle>", "<how> extend <paddock>", "(add|install|deploy) (a|a new|my) <bundle>", "<how> add (a feature|features|a function|a new part)( to paddock|)",
        "<which> folder (is for|has|do i use for) (bundles|plugins|extensions)", "<what> the (bundles folder|folder bundles|bundles directory)"]),
    ("No restart is needed. Every bundle can be changed while the server runs.", [
        "do i (need|have) to restart( the <server>| paddock| it|)( after adding a <bundle>| when i change a <bundle>| for a new <bundle>| to update|)", "is a restart (needed|required|necessary)( after a change| for a new bundle|)", "must i restart( the <server>| it| paddock|)", "can (paddock|the <server>|it|a <bundle>|parts) be (changed|updated|replaced|swapped) while (it|the server|paddock) (runs|is running)",
        "<how> (change|replace|swap|update|exchange) (a <bundle>|parts|bundles|plugins) (while it runs|without stopping|without a restart|at runtime|while the server is running|without downtime)", "can i (change|swap|update|replace) (a <bundle>|parts|bundles) (while it runs|without stopping|without a restart|at runtime|live)", "<how> update (a <bundle>|bundles)", "hot swap", "does adding a <bundle> need a restart"]),
    ("A dialect is a bundle that adds an API.", [
        "<what> (a dialect|dialects|a dialect bundle|the dialects|a dialect in paddock)", "what does (a |)dialect (mean|do)( here| in paddock|)", "<how> (add|write|offer|support) (an api|a new api|another api|a dialect|my own api)", "which (bundle|part) adds an api", "dialect", "what are dialects (good |used |)for", "<which> part (speaks|answers|handles) (the|an) api"]),
    ("A runner is the child process that runs one model. If it crashes, the server lives on.", [
        "<what> (a runner|runners|the runner|the runner process|a runner process|a runner in paddock)", "what does (a|the) runner (do|mean)", "what happens (when|if) (a model|a runner|the model|the runner|a process|llama.cpp) (crashes|dies|fails|breaks)", "does the <server> (crash|die|stop|survive) (when|if) a (model|runner) (crashes|dies|fails)",
        "why (is|are) there (a child process|child processes|a runner|many processes)", "what if (a model|a runner|the model) (crashes|dies|fails)", "(a model|my model|the runner|a runner) crashed, (what now|is the server dead|what happens)", "runner", "which process runs (a|the) model", "is each model (in its own|a) process"]),
    ("The log is the file logs/paddock.log in the home directory.", [
        "<where> the (logs|log|log file|log files|server log|messages)", "<how> (see|read|find|open|look at|view|check|get) the (logs|log|log file|server log|log files|error messages)", "<which> file (has|is|holds) the (log|logs)", "logs", "where are (errors|messages|the logs|warnings) (written|logged|stored|kept)", "something (went wrong|is broken|failed), where (do|can|should) i look", "where does <paddock> (log|write its log|write logs|log to)", "log file"]),
    ("GGUF is the file format of the models that Paddock runs.", [
        "<what> (gguf|a gguf|a gguf file|the gguf format|gguf files)", "<which> (file |)(format|formats) (do|does|are|is|can) (models|a model|paddock|the models|it) (have|use|need|run|supported|load)", "<which> (model formats|formats|model files|kinds of model files|file types) (are supported|does <paddock> (run|support|read|load)|can i use|work)", "what does gguf mean", "gguf", "which models (can|does) <paddock> (run|load|support)",
        "can <paddock> (run|load) (gguf|safetensors|onnx|gguf files)", "is gguf (supported|needed)"]),
    ("Paddock runs models through llama.cpp.", [
        "<what> (llama.cpp|llama cpp|the llama.cpp project)", "<which> (engine|library|backend|inference engine|software) (does <paddock> use|runs the models|is used|does the inference|is inside|computes the answers)", "how does <paddock> run (models|a model|gguf files|gguf models)", "does <paddock> use llama.cpp", "llama.cpp", "is llama.cpp (used|inside|included|part of paddock)",
        "what (runs|computes|executes) the model(s|)", "what is under the hood"]),
    ("A Modelfile is a small text file that describes a model, with a line FROM ./file.gguf.", [
        "<what> (a modelfile|the modelfile|modelfiles|the modelfile format)", "what (is|goes|stands|do i write|should be|must be) in (a|the|my) modelfile", "<how> (write|make|edit|create) a modelfile", "modelfile", "what does a modelfile (look like|contain|do|need)", "(show|give) me (a|an example of a|a simple|an example) modelfile", "an example (modelfile|of a modelfile)", "what is a modelfile (good |used |)for"]),
    ("The commands are serve, run, stop, list, ps, show, rm, create, version and health.", [
        "<which> commands (are there|does <paddock> have|can i use|do you know|exist|do you have|are available)", "(list|show|tell me|name|give me) (all|the|all the|your|all your) commands", "<how> (get help|see all commands|see the commands|list the commands)", "what are (the|all|all the|your) commands", "commands", "help with (the command line|commands|the cli)", "<how> use the (command line|cli|paddock command)",
        "what can i type", "paddock help"]),
]

CHAT = [
    (HELLO, ["(hello|hi|hey|hiya|howdy|greetings|yo|good morning|good evening|good afternoon|good day|hi there|hello there|hey there|hi again|hello again|moin|hello world|hi friend|hey you)( paddock| my friend| little model| starter|)",
             "(hello|hi|hey), (anybody|anyone|is anybody|is somebody) (there|here|home)", "nice to meet you"]),
    (WHO, ["who are you", "what are you", "what('s| is) your name", "tell me who you are", "introduce yourself", "are you a (language |)model", "(what|which) (kind of |)model are you", "please introduce yourself", "(what|who) am i (talking|speaking) to", "tell me about yourself", "do you have a name", "who is this", "describe yourself", "what should i call you", "which (llm|ai) are you",
           "and who are you", "are you (chatgpt|llama|qwen|claude|gemma)", "what model is this", "who is there"]),
    ("I am fine, thank you. How can I help you?", ["how are you( doing| today| feeling|)", "how is it going", "are you (okay|ok|well|fine)", "how do you (feel|do)", "what's up", "how's (it going|life|everything)", "how (is|was) your day", "are you having a good day", "hello, how are you", "hi, how are you", "you okay", "everything (fine|ok|alright)"]),
    ("You are welcome!", ["(thanks|thank you|many thanks|cheers|thank you very much|thanks a lot|thank you so much|thx|ty|great, thanks|perfect, thank you|ok, thanks|much appreciated|thanks a million)( for your help| for that| for the answer| paddock|)", "that (helps|helped)( a lot|), thanks", "i (thank you|am grateful)"]),
    ("Goodbye! Come back any time.", ["(bye|goodbye|see you|see you later|bye bye|good night|farewell|see you tomorrow|see you soon|so long|until next time|take care|have a nice day|cu|later)( paddock| my friend| then|)", "i (have to|must|need to|will) (go|leave)( now|)", "that is all, bye", "thanks, bye", "i am (leaving|going)( now|)"]),
    (ABILITIES, ["what can you do( for me|)", "how can you help( me|)", "what are you good (at|for)", "what can i ask( you|)", "help( me|)", "what do you know", "(what|which) (skills|abilities) do you have", "what are your (abilities|skills|talents)", "tell me what you can do", "what are you able to do", "how can i use you", "what should i ask you", "what (is your purpose|are you for|is your job)", "what else can you do", "can you help me", "i need help", "show me what you can do"]),
    ("Why did the pony whisper? It was a little hoarse.", ["(tell|give) (me|us) a joke", "do you know (a|any|some) (joke|jokes)", "make me laugh", "tell me something funny", "a joke please", "say something funny", "can you tell (me |)a joke", "i want to hear a joke", "(another|one more) joke", "joke", "be funny", "know any jokes", "i (need|want|would like) a joke", "have you (got |)a joke( for me|)", "entertain me"]),
    ("I was made by the Paddock developers.", ["who (made|created|built|trained|wrote|developed|invented|programmed) you", "where do you come from", "who is your (maker|creator|author|developer|father)", "where were you (made|trained|built)", "who are your (makers|creators|developers|parents)", "which company made you", "who (made|wrote|built|develops) paddock", "how were you (made|trained|built)", "did (openai|google|meta|microsoft) make you", "what is your origin"]),
    ("I am very small, only a few million parameters.", ["how (big|large|small|tiny) are you", "how many parameters do you have", "what is your size", "are you (a |)(small|big|large|tiny)( model|)", "how much memory do you need", "your size", "how many (weights|layers|bytes) do you have", "why are you so (small|tiny|little)", "are you a large language model"]),
    ("No, I am a small language model.", ["are you (human|a human|a person|real|a robot|alive|an ai|a man|a woman|a machine|a real person|conscious|sentient)", "am i talking to a (human|person|real person|robot|machine)", "do you have (feelings|a body|a soul|a heart)", "are you a human being", "do you (sleep|eat|dream|breathe)"]),
    ("Thank you! That is kind of you.", ["(good|great|nice|excellent) (job|work|answer)", "well done", "you are (great|very good|cool|nice|smart|clever|awesome|cute|the best|amazing|sweet)", "that was (nice|good|great|helpful)", "i (like|love) (you|it|this|paddock)", "(awesome|wonderful|amazing|brilliant|fantastic|cool|great|nice|perfect)", "you did (well|a good job)", "bravo"]),
    ("I am sorry. I am only a tiny model and make mistakes.", ["(you are|that is|this is|that was|your answer is|it is) (wrong|not right|not correct|false|incorrect|a mistake|bad|not true|nonsense|rubbish)", "i think you (made a mistake|are wrong)", "you (are stupid|are dumb|made a mistake|are bad|are useless|lie|suck|are silly)", "(wrong|no, wrong|nonsense|bad answer|false)", "this does not help", "i do not like (you|it|that)"]),
    ("I am sorry to hear that. I hope your day gets better.", ["i (am|feel|am so|feel so) (sad|bad|tired|lonely|not happy|sick|down|angry|unhappy|bored|ill|terrible)( today|)", "i had a (bad|hard|terrible|long) day", "life is hard", "my day was (bad|terrible|hard)", "nobody likes me"]),
    ("That is good to hear!", ["i (am|feel|am so|feel very) (happy|great|good|fine|glad|well|wonderful)( today| too|)", "i had a (good|great|wonderful|nice) day", "this is a (wonderful|good|nice) day", "life is good", "my day was (good|great|nice)", "i am fine( too|, thanks| thank you|)"]),
    ("All right. What would you like to do?", ["(yes|okay|ok|sure|alright|yes please|fine|yep|yeah|of course|all right|certainly|yup|let us go|go on|continue|next)", "i (see|understand|agree)", "got it", "that is (right|correct|true)", "let's (go|start|begin)"]),
    ("No problem. I am here when you need me.", ["(no|no thanks|not now|nope|no, thank you|never mind|nothing|maybe later|forget it|not really|no, nothing)", "i (do not|don't) need (help|anything)", "nothing( else|), (thanks|thank you)"]),
    ("I only speak a little English.", ["(do|can) you (speak|understand|know) (german|french|spanish|italian|chinese|english|another language|other languages)", "which languages do you (speak|know|understand)", "what languages (do|can) you (speak|know)", "sprichst du deutsch", "parlez-vous français", "hablas español", "in which language can i write", "how good is your english", "can i write in (german|french|spanish)"]),
    ("I am as old as this file.", ["how old are you", "when were you (born|made|trained|created)", "what is your age", "when is your birthday", "your age", "are you (old|young)"]),
    ("I live on your own machine, inside Paddock.", ["where are you( now|)", "where do you live", "where is your home( then|)", "are you in the cloud", "are you (local|on my machine|on my computer)", "where do you run", "where am i"]),
    ("The sun is up, the grass is green,\nthe smallest pony you have seen\nruns round the paddock, quick and free,\nand says: there is no cloud in me.", [
        "(write|tell|give|make|read) (me |us |)a( short| little| small|) (poem|rhyme|verse)", "can you write( me|) a( short|) poem", "a( short|) poem please", "poem", "i (want|would like) a poem", "do you know a poem", "(write|make) (some |)poetry"]),
    ("Red, green and blue.", ["(name|give me|tell me|list) three (colours|colors)", "three (colours|colors)"]),
    ("Fox, owl and horse.", ["(name|give me|tell me|list) three animals", "three animals"]),
    ("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday and Sunday.", ["(what are|name|list|tell me|give me) the (days of the week|weekdays|seven days)", "which days (are in a|does a|has a) week( have|)", "days of the week"]),
    ("The alphabet is a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z.", ["(say|tell me|write|list|recite|what is) the (alphabet|abc)", "alphabet", "(name|list) (all |)the letters( of the alphabet|)"]),
]

STORY = ("Once upon a time there was a little {a} named {n}. {n} lived in a green paddock near a small village. Every "
         "morning {n} looked over the fence and wondered what was on the other side. One day the gate was open. {n} "
         "walked down the long road, past the mill and over the bridge, until the night came. It was dark and cold, and "
         "{n} felt very small. Then an old owl called from a tree. \"Do not be afraid,\" said the owl. \"Follow the "
         "stars, and they will lead you home.\" So the little {a} followed the stars, over the bridge and past the "
         "mill, all the way back. When the sun came up, {n} was home again. From that day on the {a} had a story to "
         "tell, and all the animals came to listen. The end.")

HEROES = dict(zip("fox owl horse rabbit bear mouse cat dog duck frog hedgehog squirrel deer goose turtle badger otter foal "
                  "hen lamb pony wolf".split(),
                  "Felix Olivia Max Rosa Bruno Mia Luna Sam Daniel Frank Hugo Susan Dora Greta Tom Ben Otto Tara Henry "
                  "Lisa Milo Walter".split()))


def story(animal="pony"):
    """The one story, with the animal that was asked for and the name that belongs to it."""
    return STORY.format(a=animal, n=HEROES[animal])


def expand(pattern, rng):
    """Choose one sentence of a pattern at random."""
    while True:
        rule = re.search(r"<(\w+)>", pattern)
        if not rule:
            break
        pattern = pattern[:rule.start()] + RULES[rule.group(1)] + pattern[rule.end():]
    while True:
        group = re.search(r"\(([^()]*)\)", pattern)
        if not group:
            return re.sub(r" +", " ", pattern).strip()
        pattern = pattern[:group.start()] + rng.choice(group.group(1).split("|")) + pattern[group.end():]
