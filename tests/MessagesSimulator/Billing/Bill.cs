namespace MessagesSimulator.Billing;

/// <summary>The simulator's own record of what it bills, one line a message.</summary>
public sealed class Bill
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, BillLine> _lines = [];
    private readonly List<string> _order = [];

    /// <summary>All lines, in the order in which the answers began.</summary>
    public IReadOnlyList<BillLine> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _order.Select(id => _lines[id])];
            }
        }
    }

    /// <summary>The line of a message.</summary>
    /// <param name="messageId">The message.</param>
    /// <returns>The line; null when the message is not known.</returns>
    public BillLine? Find(string messageId)
    {
        lock (_gate)
        {
            return _lines.GetValueOrDefault(messageId);
        }
    }

    internal void Open(BillLine line)
    {
        lock (_gate)
        {
            _lines.Add(line.MessageId, line);
            _order.Add(line.MessageId);
        }
    }

    internal void Update(string messageId, Func<BillLine, BillLine> change)
    {
        lock (_gate)
        {
            _lines[messageId] = change(_lines[messageId]);
        }
    }
}
