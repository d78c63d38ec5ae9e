using CostLedger.Querying.Latency;
using CostLedger.Querying.Scanning;
using CostLedger.Records;

namespace CostLedger.Querying.Tools;

/// <summary>What one tool took, while it is summed.</summary>
internal sealed class ToolSums
{
    private readonly Distribution _times = new();
    private bool _isServer;
    private long _rounds;
    private long _errors;
    private double _useTokens;
    private double _resultTokens;
    private decimal _resultCost;
    private double _definitionsSent;
    private decimal _definitionCost;
    private long _sent;

    /// <summary>Adds a round.</summary>
    /// <param name="round">The round.</param>
    /// <param name="price">Nano-dollars a token of the request's new input.</param>
    /// <param name="most">The tokens of that input: an estimate can be more.</param>
    /// <param name="timeUs">The time it took, in microseconds; null where not known.</param>
    public void Add(in StoredRound round, decimal price, long most, long? timeUs)
    {
        _rounds++;
        _isServer |= round.IsServer;
        _errors += round.IsError ? 1 : 0;
        _useTokens += round.UseTokens;
        _resultTokens += round.ResultTokens;
        _resultCost += (decimal)Math.Min(round.ResultTokens, most) * price;
        if (timeUs is { } time)
        {
            _times.Add(time);
        }
    }

    /// <summary>Adds a definition that was sent.</summary>
    public void AddDefinition(double tokens, decimal cost, bool isServer)
    {
        _sent++;
        _isServer |= isServer;
        _definitionsSent += tokens;
        _definitionCost += cost;
    }

    /// <summary>The sums.</summary>
    public ToolTotals Totals(string? name) => new()
    {
        Name = name,
        IsServer = _isServer,
        Rounds = _rounds,
        Errors = _errors,
        Time = Measured.Time(_times),
        UseTokens = (long)Math.Round(_useTokens),
        ResultTokens = (long)Math.Round(_resultTokens),
        ResultCost = Money(_resultCost),
        DefinitionTokens = _sent == 0 ? 0 : (long)Math.Round(_definitionsSent / _sent),
        SentCalls = _sent,
        DefinitionCost = Money(_definitionCost),
        DefinitionTokensSent = (long)Math.Round(_definitionsSent),
    };

    private static NanoUsd Money(decimal nano) => new(checked((long)Math.Round(nano, MidpointRounding.ToEven)));
}
