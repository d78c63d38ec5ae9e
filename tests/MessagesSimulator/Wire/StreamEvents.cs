using System.Text.Json.Nodes;
using MessagesSimulator.Replies;

namespace MessagesSimulator.Wire;

/// <summary>An answer as the events of a stream, in the order and with the oddities of the real ones.</summary>
internal sealed class StreamEvents(ServedAnswer served, int tokensPerDelta)
{
    private readonly Answer _answer = served.Answer;
    private int _made;
    private int _output;
    private int _thinking;

    public IEnumerable<SseEvent> All()
    {
        yield return Event("message_start", new JsonObject { ["message"] = MessageJson.Opening(served) });
        for (var index = 0; index < _answer.Blocks.Count; index++)
        {
            foreach (var one in BlockEvents(_answer.Blocks[index], index))
            {
                yield return one;
            }
        }

        yield return Event("message_delta", new JsonObject
        {
            ["delta"] = MessageJson.Ending(_answer),
            ["usage"] = UsageJson.Delta(served),
        });
        yield return Event("message_stop", []);
    }

    private IEnumerable<SseEvent> BlockEvents(AnswerBlock block, int index)
    {
        Count(block, block.ExtraTokens);
        yield return Event("content_block_start", new JsonObject
        {
            ["index"] = index,
            ["content_block"] = MessageJson.Block(_answer, block, filled: false),
        });
        if (index == 0)
        {
            yield return new SseEvent("ping", """{"type": "ping"}""", _output, _thinking);
        }

        foreach (var delta in Deltas(block))
        {
            yield return Event("content_block_delta", new JsonObject { ["index"] = index, ["delta"] = delta });
        }

        yield return Event("content_block_stop", new JsonObject { ["index"] = index });
    }

    private IEnumerable<JsonObject> Deltas(AnswerBlock block)
    {
        if (block.Kind == ReplyBlockKind.ToolUse)
        {
            yield return Delta(block, "");
        }

        foreach (var tokens in block.Tokens.Chunk(tokensPerDelta))
        {
            Count(block, tokens.Length);
            if (!block.Hidden)
            {
                yield return Delta(block, string.Concat(tokens));
            }
        }

        if (block.Kind == ReplyBlockKind.Thinking)
        {
            yield return new JsonObject { ["type"] = "signature_delta", ["signature"] = MessageJson.Signature(_answer) };
        }
    }

    private static JsonObject Delta(AnswerBlock block, string text) => block.Kind switch
    {
        ReplyBlockKind.Thinking => new() { ["type"] = "thinking_delta", ["thinking"] = text },
        ReplyBlockKind.ToolUse => new() { ["type"] = "input_json_delta", ["partial_json"] = text },
        _ => new() { ["type"] = "text_delta", ["text"] = text },
    };

    private void Count(AnswerBlock block, int tokens)
    {
        _output += tokens;
        _thinking += block.Kind == ReplyBlockKind.Thinking ? tokens : 0;
    }

    private SseEvent Event(string name, JsonObject rest)
    {
        rest.Insert(0, "type", name);
        var data = MessageJson.Text(rest);
        return new SseEvent(name, data[..^1] + Padding() + "}", _output, _thinking);
    }

    /// <summary>The API puts up to fifteen spaces before the last brace, so that lengths tell nothing.</summary>
    private string Padding() => new(' ', (_answer.MessageId[^1] + (++_made * 7)) % 16);
}
