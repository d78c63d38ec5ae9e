using System.Text.Json.Nodes;
using MessagesSimulator.Corpus.Drafting;
using MessagesSimulator.Prompts;

namespace MessagesSimulator.Corpus.Mutating;

/// <summary>Changes of what has been said, of images, and of thinking that is forgotten.</summary>
internal static class MessageMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("first_question_reworded", CorpusReasons.MessagesEdited, it => Change(it, "user", "text", block => it.Reword(block, "text"))),
        new("answer_reworded", CorpusReasons.MessagesEdited, it => Change(it, "assistant", "text", block => it.Reword(block, "text"))),
        new("answer_trimmed", CorpusReasons.MessagesEdited, it => Change(
            it, "assistant", "text", block => it.Rewrite(block, "text", (string)block["text"]! + "\n"))),
        new("result_cleared", CorpusReasons.MessagesEdited, it => Change(it, "user", "tool_result", Clear)),
        new("call_keys_reordered", CorpusReasons.MessagesEdited, it => Change(it, "assistant", "tool_use", ReorderInput)),
        new("first_exchange_dropped", CorpusReasons.MessagesEdited, DropFirst),
        new("history_summarised", CorpusReasons.MessagesEdited, Summarise),
        new("image_added", CorpusReasons.ImagesChanged, AddImage),
        new("images_removed", CorpusReasons.ImagesChanged, RemoveImages),
        new("thinking_forgotten", CorpusReasons.ThinkingChanged, ForgetThinking) { Models = model => model.ForgetsThinking },
    ];

    /// <summary>Changes one block of a kind that an earlier request had already.</summary>
    private static bool Change(Disturbance it, string role, string kind, Action<JsonObject> change)
    {
        var found =
            (from message in Enumerable.Range(0, it.Earlier[^1].Messages.Count)
             where (string?)it.Last.Messages[message]!["role"] == role
             from block in Enumerable.Range(0, it.Last.Messages[message]!["content"]!.AsArray().Count)
             where (string?)it.Last.Messages[message]!["content"]![block]!["type"] == kind
             select (message, block)).ToList();
        if (found.Count == 0)
        {
            return false;
        }

        var (at, place) = found[it.Chance.Next(found.Count)];
        change(it.Last.Messages[at]!["content"]![place]!.AsObject());
        return it.Differs(PromptLevel.Messages, it.IndexOf(at, place));
    }

    private static void Clear(JsonObject result) => result["content"] = new JsonArray(Turn.Text("[cleared]"));

    private static void ReorderInput(JsonObject call)
    {
        var input = call["input"]!.AsObject();
        var query = input["query"]!.DeepClone();
        input.Remove("query");
        input["query"] = query;
    }

    private static bool DropFirst(Disturbance it)
    {
        var answer = it.Last.Messages[1]!["content"]!.AsArray();
        if (it.Earlier.Count < 2 || it.Conversation.HasImages || answer.Any(block => (string?)block!["type"] is "tool_use"))
        {
            return false;
        }

        it.Last.Messages.RemoveAt(0);
        it.Last.Messages.RemoveAt(0);
        return it.Differs(PromptLevel.Messages, 0);
    }

    private static bool Summarise(Disturbance it)
    {
        if (it.Conversation.Thinks || it.Earlier.Count < 2)
        {
            return false;
        }

        while (it.Last.Messages.Count > 1)
        {
            it.Last.Messages.RemoveAt(1);
        }

        new Turn(it.Conversation).Talk(it.Last, 2, 200);
        return it.Differs(PromptLevel.Messages, it.IndexOf(1, 0));
    }

    private static bool AddImage(Disturbance it)
    {
        if (it.Conversation.HasImages)
        {
            return false;
        }

        it.Last.Messages[^1]!["content"]!.AsArray().Add((JsonNode)it.Conversation.Image());
        return it.Loses(PromptLevel.Messages);
    }

    private static bool RemoveImages(Disturbance it)
    {
        if (!it.Conversation.HasImages)
        {
            return false;
        }

        foreach (var content in it.Last.Messages.Select(message => message!["content"]!.AsArray()))
        {
            Replace(content);
            foreach (var inner in content.Select(block => block!["content"]).OfType<JsonArray>())
            {
                Replace(inner);
            }
        }

        return it.Loses(PromptLevel.Messages);

        static void Replace(JsonArray content)
        {
            for (var i = 0; i < content.Count; i++)
            {
                if ((string?)content[i]!["type"] is "image")
                {
                    content[i] = Turn.Text("[image omitted]");
                }
            }
        }
    }

    /// <summary>The user says something where so far only tools did: the thinking before it goes, and what follows it is another prompt.</summary>
    private static bool ForgetThinking(Disturbance it)
    {
        if (it.Conversation.MayTalk)
        {
            return false;
        }

        it.Last = it.Earlier[^1].Copy() with { At = it.Control.At };
        new Turn(it.Conversation).Talk(it.Last, 1, 60);
        it.ForgetsThinking = true;
        var segments = Segments.Of(it.Last.Body);
        return it.LosesFrom(Enumerable.Range(0, segments.Count).First(position => segments[position].Kind is "thinking"));
    }
}
