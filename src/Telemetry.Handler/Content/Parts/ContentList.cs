namespace Telemetry.Handler.Content.Parts;

/// <summary>What becomes one attribute: messages, or the parts of one without a role. Holds no more than a few times its bound.</summary>
/// <param name="maxBytes">The bound of all content of the call.</param>
internal sealed class ContentList(int maxBytes)
{
    /// <summary>Twice the bound is kept, since long texts are shortened to half of it before others are dropped.</summary>
    private const int KeptBounds = 2;

    private readonly Queue<(ContentMessage Message, long Weight)> _order = new();
    private long _weight;

    public List<ContentMessage> Messages { get; } = [];

    /// <summary>Whether something is missing already.</summary>
    public bool IsCut { get; set; }

    /// <summary>Begins a message.</summary>
    public ContentMessage Begin(string? role)
    {
        var message = new ContentMessage(role);
        Messages.Add(message);
        return message;
    }

    /// <summary>Adds a part to the last message, and drops the oldest ones where they become too many.</summary>
    public void Add(ContentPart part)
    {
        var message = Messages[^1];
        message.Parts.Add(part);
        _order.Enqueue((message, part.Weight));
        _weight += part.Weight;
        while (_weight > (long)KeptBounds * maxBytes && _order.Count > 1)
        {
            var (oldest, weight) = _order.Dequeue();
            oldest.Parts.RemoveAt(0);
            _weight -= weight;
            IsCut = true;
        }
    }

    public void Clear()
    {
        Messages.Clear();
        _order.Clear();
        _weight = 0;
        IsCut = false;
    }
}
