using System.Globalization;
using System.Text.Json.Nodes;

namespace MessagesSimulator.Corpus.Drafting;

/// <summary>The first request of a conversation.</summary>
internal static class Opening
{
    private static readonly string[] s_names = ["get_weather", "read_file", "search_code", "run_query", "send_mail", "list_orders", "book_room", "open_ticket"];

    public static JsonObject Of(Conversation conversation, Marking marking)
    {
        var body = new JsonObject { ["model"] = conversation.Model.Id, ["max_tokens"] = 8192 };
        if (conversation.Thinks)
        {
            body["thinking"] = Thinking(conversation.Model);
        }

        var marksTools = marking is Marking.Tools or Marking.ToolsSystemAndTwoMessages;
        var count = marksTools || !conversation.MayTalk ? conversation.Chance.Next(3, 8) : conversation.Chance.Next(0, 8);
        if (count > 0)
        {
            var tokens = marksTools ? conversation.Model.Ample * 5 / 4 / count : 60;
            body["tools"] = new JsonArray([.. s_names.Take(count).Select(name => (JsonNode)Tool(conversation, name, conversation.IsSmall ? 8 : tokens))]);
        }

        body["system"] = System(conversation);
        var content = new JsonArray(Turn.Text(conversation.Texts.OfTokens(conversation.Length(50))));
        if (conversation.HasImages)
        {
            content.Insert(0, conversation.Image());
        }

        body["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = content });
        return body;
    }

    /// <summary>How a model is asked to think.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The member <c>thinking</c>.</returns>
    public static JsonObject Thinking(CorpusModel model) => model.Thinks is "adaptive"
        ? new JsonObject { ["type"] = "adaptive" }
        : new JsonObject { ["type"] = "enabled", ["budget_tokens"] = 2048 };

    /// <summary>A tool.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="name">Its name.</param>
    /// <param name="tokens">The length of its description.</param>
    /// <returns>The definition.</returns>
    public static JsonObject Tool(Conversation conversation, string name, int tokens) => new()
    {
        ["name"] = name,
        ["description"] = conversation.Texts.OfTokens(tokens),
        ["input_schema"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["query"] = new JsonObject { ["type"] = "string", ["description"] = "What to look for" },
                ["limit"] = new JsonObject { ["type"] = "integer" },
            },
            ["required"] = new JsonArray("query"),
        },
    };

    private static JsonArray System(Conversation conversation)
    {
        var chance = conversation.Chance;
        var time = new DateTime(2026, 11, 20, chance.Next(24), chance.Next(60), 0, DateTimeKind.Utc).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var ample = conversation.Model.Ample;
        var tokens = conversation.IsSmall ? Math.Max(600, conversation.Model.Minimum / 2) : chance.Next(ample, ample * 3 / 2);
        var blocks = conversation.IsSmall ? 1 : chance.Next(1, 4);
        return new JsonArray([.. Enumerable.Range(0, blocks).Select(number =>
            (JsonNode)Turn.Text((number == 0 ? $"You help with orders. Now it is {time}. " : "") + conversation.Texts.OfTokens(tokens / blocks)))]);
    }
}
