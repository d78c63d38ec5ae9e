using MessagesSimulator.Prompts;
using MessagesSimulator.Tokens;

namespace MessagesSimulator.Replies;

/// <summary>Cuts a reply to the request's limits: stop sequences first, then <c>max_tokens</c>.</summary>
internal sealed class AnswerBuilder(RequestSettings settings, IdSource ids)
{
    private readonly List<AnswerBlock> _blocks = [];
    private int _left = settings.MaxTokens;
    private string? _stopSequence;
    private bool _full;

    public Answer Build(Reply reply, string model)
    {
        foreach (var block in reply.Blocks)
        {
            if (!_full && _stopSequence is null)
            {
                Add(block);
            }
        }

        _full |= settings.MaxTokens == 0;
        return new Answer
        {
            MessageId = ids.Next("msg_01"),
            Model = model,
            Blocks = _blocks,
            StopReason = reply.StopReason ?? StopReason(),
            StopSequence = _stopSequence,
            RefusalCategory = reply.RefusalCategory,
            WebSearches = reply.WebSearches,
        };
    }

    private void Add(ReplyBlock block)
    {
        var extra = block.ToolName is null ? 0 : Tokenizer.Count(block.ToolName);
        var tokens = Tokenizer.Split(block.Kind == ReplyBlockKind.Text ? BeforeStop(block.Text) : block.Text);
        if (extra + tokens.Count > _left)
        {
            _full = true;
            _stopSequence = null;
            tokens = [.. tokens.Take(Math.Max(0, _left - extra))];
        }

        _left -= extra + tokens.Count;
        if (_left < 0 || (_full && tokens.Count == 0))
        {
            return;
        }

        _blocks.Add(new AnswerBlock(block.Kind, tokens, extra)
        {
            Hidden = block.Kind == ReplyBlockKind.Thinking && settings.ThinkingHidden,
            ToolId = block.Kind == ReplyBlockKind.ToolUse ? ids.Next("toolu_01") : null,
            ToolName = block.ToolName,
        });
    }

    private string BeforeStop(string text)
    {
        var first = settings.StopSequences
            .Select(sequence => (Sequence: sequence, At: text.IndexOf(sequence, StringComparison.Ordinal)))
            .Where(found => found.At >= 0)
            .OrderBy(found => found.At)
            .FirstOrDefault();
        _stopSequence = first.Sequence;
        return first.Sequence is null ? text : text[..first.At];
    }

    private string StopReason()
    {
        if (_full)
        {
            return "max_tokens";
        }

        if (_stopSequence is not null)
        {
            return "stop_sequence";
        }

        return _blocks.Any(block => block.Kind == ReplyBlockKind.ToolUse) ? "tool_use" : "end_turn";
    }
}
