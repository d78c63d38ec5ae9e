using System.Text.Json.Nodes;
using MessagesSimulator.Caching;
using MessagesSimulator.Prompts;
using Xunit;

namespace EndToEnd.Tests.CacheRules;

/// <summary>The table of what loses which level: 2,000 tokens of tools, 3,000 of the system prompt, 4,000 of messages.</summary>
public sealed class InvalidationTests
{
    private const int Nothing = 0;
    private const int Tools = 2000;
    private const int ToolsAndSystem = 5000;
    private const int All = 9000;

    private readonly Ask _ask = new();

    public static TheoryData<string, string, int> Settings => new()
    {
        { "model", "\"claude-sonnet-5\"", Nothing },
        { "speed", "\"fast\"", Tools },
        { "tool_choice", """{"type":"any"}""", ToolsAndSystem },
        { "tool_choice", """{"type":"auto"}""", All },
        { "tool_choice", """{"type":"auto","disable_parallel_tool_use":true}""", ToolsAndSystem },
        { "thinking", """{"type":"adaptive"}""", ToolsAndSystem },
        { "thinking", """{"type":"enabled","budget_tokens":2000}""", ToolsAndSystem },
        { "thinking", """{"type":"disabled"}""", All },
        { "output_config", """{"effort":"low"}""", ToolsAndSystem },
        { "output_config", """{"effort":"high"}""", All },
        { "output_config", """{"format":{"type":"json_schema","schema":{"type":"object"}}}""", ToolsAndSystem },
        { "output_config", """{"task_budget":{"type":"tokens","total":50000,"remaining":30000}}""", ToolsAndSystem },
        { "temperature", "0.5", All },
        { "max_tokens", "77", All },
        { "metadata", """{"user_id":"someone"}""", All },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_loses_its_level_and_those_behind(string member, string value, int kept)
    {
        _ask.Send(Ask.Levels());

        Assert.Equal(kept, _ask.Read(Ask.With(Ask.Levels(), member, JsonNode.Parse(value))));
    }

    [Fact]
    public void Another_thinking_budget_loses_the_messages()
    {
        _ask.Send(Thinking(2000));

        Assert.Equal(All, _ask.Read(Thinking(2000)));
        Assert.Equal(ToolsAndSystem, _ask.Read(Thinking(3000)));

        static JsonObject Thinking(int budget) =>
            Ask.With(Ask.Levels(), "thinking", new JsonObject { ["type"] = "enabled", ["budget_tokens"] = budget });
    }

    [Theory]
    [InlineData("name")]
    [InlineData("description")]
    [InlineData("input_schema")]
    [InlineData("order")]
    public void A_tools_definition_loses_everything(string what)
    {
        _ask.Send(Ask.Levels());
        var request = Ask.Levels();
        var tools = request["tools"]!.AsArray();
        if (what is "order")
        {
            var first = tools[0]!;
            tools.RemoveAt(0);
            tools.Add(first);
        }
        else
        {
            tools[0]![what] = what is "input_schema" ? new JsonObject { ["type"] = "object" } : "x";
        }

        Assert.Equal(Nothing, _ask.Read(request));
    }

    [Theory]
    [InlineData("web_search_20260209")]
    [InlineData("web_fetch_20260209")]
    public void Switching_a_search_of_the_server_on_keeps_the_tools(string type)
    {
        _ask.Send(Ask.Levels());
        var request = Ask.Levels();
        request["tools"]!.AsArray().Add((JsonNode)new JsonObject { ["type"] = type, ["name"] = type[..^9] });

        Assert.Equal(Tools, _ask.Read(request));
    }

    [Fact]
    public void Citations_lose_the_system_prompt()
    {
        _ask.Send(WithDocument(cited: false));

        Assert.Equal(All, _ask.Read(WithDocument(cited: false)));
        Assert.Equal(Tools, _ask.Read(WithDocument(cited: true)));

        static JsonObject WithDocument(bool cited)
        {
            var request = Ask.Levels();
            request["messages"]![0]!["content"]!.AsArray().Add((JsonNode)new JsonObject
            {
                ["type"] = "document",
                ["source"] = new JsonObject { ["type"] = "text", ["media_type"] = "text/plain", ["data"] = "facts" },
                ["citations"] = new JsonObject { ["enabled"] = cited },
            });
            return request;
        }
    }

    [Fact]
    public void The_system_prompt_loses_itself_and_the_messages()
    {
        _ask.Send(Ask.Levels());

        Assert.Equal(Tools, _ask.Read(Ask.With(Ask.Levels(), "system", new JsonArray(Ask.Block(3000, "5m", 'z')))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_first_image_anywhere_loses_the_messages(bool inResult)
    {
        _ask.Send(Ask.Levels());
        var image = new JsonObject
        {
            ["type"] = "image",
            ["source"] = new JsonObject { ["type"] = "base64", ["media_type"] = "image/png", ["data"] = "AA==" },
        };
        var request = Ask.Levels();
        request["messages"]![0]!["content"]!.AsArray().Add((JsonNode)(inResult
            ? new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = "t", ["content"] = new JsonArray(image) }
            : image));

        Assert.Equal(ToolsAndSystem, _ask.Read(request));
        Assert.Equal(ToolsAndSystem, new Ask().Also(ask => ask.Send((JsonObject)request.DeepClone())).Read(Ask.Levels()));
    }

    [Fact]
    public void Betas_are_a_set()
    {
        _ask.Send(Ask.Levels(), betas: "b-2025-01-01,a-2025-01-01");

        Assert.Equal(All, _ask.Read(Ask.Levels(), betas: "a-2025-01-01, b-2025-01-01"));
        Assert.Equal(Nothing, _ask.Read(Ask.Levels(), betas: "a-2025-01-01"));
    }

    [Fact]
    public void What_the_documentation_leaves_open_can_be_set()
    {
        var ask = new Ask(new PromptCacheOptions
        {
            Keys = new CacheKeyRules { Betas = null, Effort = null, Thinking = PromptLevel.System, Speed = null, OutputFormat = PromptLevel.Tools },
        });
        ask.Send(Ask.Levels());

        Assert.Equal(All, ask.Read(Ask.Levels(), betas: "a-2025-01-01"));
        Assert.Equal(All, ask.Read(Ask.With(Ask.Levels(), "output_config", new JsonObject { ["effort"] = "low" })));
        Assert.Equal(All, ask.Read(Ask.With(Ask.Levels(), "speed", "fast")));
        Assert.Equal(Tools, ask.Read(Ask.With(Ask.Levels(), "thinking", new JsonObject { ["type"] = "adaptive" })));
        Assert.Equal(Nothing, ask.Read(Ask.With(Ask.Levels(), "output_config", new JsonObject { ["format"] = new JsonObject { ["type"] = "json_schema" } })));
    }

    [Theory]
    [InlineData("system")]
    [InlineData("assistant")]
    [InlineData("user")]
    public void What_is_appended_keeps_what_stands_before_it(string role)
    {
        _ask.Send(Ask.Levels());
        var request = Ask.Levels();
        request["messages"]!.AsArray().Add((JsonNode)Ask.Message(role, Ask.Block(10, letter: 'n')));

        Assert.Equal(All, _ask.Read(request));
    }

    [Fact]
    public void The_effort_of_an_appended_message_keeps_what_stands_before_it()
    {
        _ask.Send(Ask.Levels());
        var request = Ask.Levels();
        var message = Ask.User(Ask.Block(2000, "5m", 'n'));
        message["output_config"] = new JsonObject { ["effort"] = "low" };
        request["messages"]!.AsArray().Add((JsonNode)message);
        request["tools"]![1]!.AsObject().Remove("cache_control");

        Assert.Equal((All, 2000, 0, 0), _ask.Send((JsonObject)request.DeepClone()));
        message["output_config"]!["effort"] = "max";
        Assert.Equal(All, _ask.Read(request));
    }

    [Theory]
    [InlineData("claude-haiku-4-5", 4500)]
    [InlineData("claude-opus-4-1", 4500)]
    [InlineData("claude-sonnet-4-5", 4500)]
    [InlineData("claude-opus-4-5", 4600)]
    [InlineData("claude-sonnet-4-6", 4600)]
    [InlineData("claude-opus-5", 4600)]
    public void Thinking_is_forgotten_when_a_user_speaks_and_the_model_is_old(string model, int read)
    {
        _ask.Send(Conversation(model, "5m"));
        _ask.Send(Conversation(model, "5m", Result("5m")));
        Assert.Equal(4600, _ask.Read(Conversation(model, "5m", Result("5m"), Ask.Message("assistant", Ask.Block(5)), Result("5m"))));

        Assert.Equal(read, _ask.Read(Conversation(model, "5m", Result(null), Ask.Message("assistant", Ask.Block(5)), Ask.User(Ask.Block(5, "5m")))));

        static JsonObject Conversation(string model, string ttl, params JsonObject[] more)
        {
            var thought = new JsonObject { ["type"] = "thinking", ["thinking"] = Ask.Text(50), ["signature"] = "s" };
            JsonObject[] messages = more.Length == 0 ? [] : [Ask.Message("assistant", thought, Ask.Block(20)), .. more];
            return Ask.With(
                Ask.With(Ask.Request([Ask.User(Ask.Block(4500, ttl)), .. messages]), "model", model),
                "thinking",
                new JsonObject { ["type"] = "enabled", ["budget_tokens"] = 2000 });
        }

        static JsonObject Result(string? ttl) => Ask.User(Ask.Marked(
            new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = "t", ["content"] = new JsonArray(Ask.Block(30)) }, ttl));
    }
}
