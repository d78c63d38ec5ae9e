using CostLedger.Records;

namespace CostReport.Cli.Whatifs.Answering;

/// <summary>What changes for the calls of a conversation.</summary>
/// <param name="Name">The name that the application gave, else the id of the first call.</param>
internal sealed record ConversationChange(string Name)
{
    /// <summary>How many calls.</summary>
    public long Calls { get; private set; }

    /// <summary>What they cost.</summary>
    public NanoUsd Now { get; private set; }

    /// <summary>What they would cost.</summary>
    public NanoUsd Then { get; private set; }

    /// <summary>The difference; negative where money is saved.</summary>
    public NanoUsd Difference => Then - Now;

    /// <summary>Adds a call.</summary>
    public void Add(in CallChange change)
    {
        Calls++;
        Now += change.Now;
        Then += change.Then;
    }
}
