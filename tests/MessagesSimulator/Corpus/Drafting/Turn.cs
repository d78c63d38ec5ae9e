using System.Text.Json.Nodes;

namespace MessagesSimulator.Corpus.Drafting;

/// <summary>Adds an answer and what the user says to it.</summary>
internal sealed class Turn(Conversation conversation)
{
    /// <summary>A block of text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The block.</returns>
    public static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    /// <summary>The model says something, and the user too.</summary>
    /// <param name="draft">The request to extend.</param>
    /// <param name="blocks">The blocks of the user.</param>
    /// <param name="tokens">The length of the user's words.</param>
    public void Talk(Draft draft, int blocks, int tokens)
    {
        var said = Answer();
        said.Add((JsonNode)Text(conversation.Texts.OfTokens(conversation.Length(40))));
        Add(draft, "assistant", said);
        Add(draft, "user", [.. Enumerable.Range(0, blocks).Select(_ => Text(conversation.Texts.OfTokens(Math.Max(2, tokens / blocks))))]);
    }

    /// <summary>The model calls tools, and gets their results.</summary>
    /// <param name="draft">The request to extend.</param>
    /// <param name="calls">How many.</param>
    /// <param name="tokens">The length of a result.</param>
    public void CallTools(Draft draft, int calls, int tokens)
    {
        var said = Answer();
        var results = new List<JsonObject>();
        if (conversation.Chance.Next(2) == 0)
        {
            said.Add((JsonNode)Text(conversation.Texts.OfTokens(8)));
        }

        for (var i = 0; i < calls; i++)
        {
            var id = conversation.Texts.Id("toolu_01");
            said.Add((JsonNode)new JsonObject
            {
                ["type"] = "tool_use",
                ["id"] = id,
                ["name"] = (string?)draft.Tools[conversation.Chance.Next(draft.Tools.Count)]!["name"],
                ["input"] = new JsonObject { ["query"] = $"order {conversation.Chance.Next(10_000)}", ["limit"] = conversation.Chance.Next(1, 90) },
            });
            results.Add(new JsonObject
            {
                ["type"] = "tool_result",
                ["tool_use_id"] = id,
                ["content"] = new JsonArray(Text(conversation.Texts.OfTokens(tokens))),
            });
        }

        if (conversation.HasImages && conversation.Chance.Next(3) == 0)
        {
            results[^1]["content"]!.AsArray().Add((JsonNode)conversation.Image());
        }

        Add(draft, "assistant", said);
        Add(draft, "user", results);
    }

    private JsonArray Answer() => conversation.Thinks
        ? [new JsonObject
        {
            ["type"] = "thinking",
            ["thinking"] = conversation.Texts.OfTokens(conversation.Length(30)),
            ["signature"] = conversation.Texts.Id("Eq"),
        }]
        : [];

    private static void Add(Draft draft, string role, IEnumerable<JsonNode?> content)
    {
        var blocks = new JsonArray();
        foreach (var block in content.ToList())
        {
            block!.Parent?.AsArray().Remove(block);
            blocks.Add(block);
        }

        draft.Messages.Add((JsonNode)new JsonObject { ["role"] = role, ["content"] = blocks });
    }
}
