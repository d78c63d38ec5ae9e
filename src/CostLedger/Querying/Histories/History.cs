namespace CostLedger.Querying.Histories;

/// <summary>A conversation as it is put together.</summary>
/// <param name="scope">Whose it is.</param>
internal sealed class History(Scope scope)
{
    public Scope Scope { get; } = scope;

    /// <summary>Its turns, by the time at which they began.</summary>
    public List<Turn> Turns { get; } = [];

    /// <summary>How many branches it has beside the first.</summary>
    public int Branches { get; set; }
}
