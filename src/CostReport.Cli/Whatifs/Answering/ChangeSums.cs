using CostLedger.Records;

namespace CostReport.Cli.Whatifs.Answering;

/// <summary>What changes for some calls together.</summary>
internal sealed class ChangeSums
{
    /// <summary>How many calls.</summary>
    public long Calls { get; private set; }

    /// <summary>Calls that are cheaper then.</summary>
    public long Cheaper { get; private set; }

    /// <summary>Calls that are dearer then.</summary>
    public long Dearer { get; private set; }

    /// <summary>Calls that cost the same.</summary>
    public long Same => Calls - Cheaper - Dearer;

    /// <summary>What they cost.</summary>
    public NanoUsd Now { get; private set; }

    /// <summary>What they would cost.</summary>
    public NanoUsd Then { get; private set; }

    /// <summary>The least that they would cost, where tokens are estimated; else <see cref="Then"/>.</summary>
    public NanoUsd Low { get; private set; }

    /// <summary>The most that they would cost.</summary>
    public NanoUsd High { get; private set; }

    /// <summary>The difference; negative where money is saved.</summary>
    public NanoUsd Difference => Then - Now;

    /// <summary>Tokens as they were billed.</summary>
    public TokenSums TokensNow { get; private set; }

    /// <summary>Tokens as they would be.</summary>
    public TokenSums TokensThen { get; private set; }

    /// <summary>Adds a call.</summary>
    public void Add(in CallChange change)
    {
        Calls++;
        Cheaper += change.Difference < NanoUsd.Zero ? 1 : 0;
        Dearer += change.Difference > NanoUsd.Zero ? 1 : 0;
        Now += change.Now;
        Then += change.Then;
        Low += change.Low;
        High += change.High;
        if (change.Call.Pricing.Operation == Operation.CountTokens)
        {
            return; // It only counted a prompt: no model read these tokens.
        }

        TokensNow = TokensNow.Plus(change.UsageNow, change.EstimateNow);
        TokensThen = TokensThen.Plus(change.UsageThen, change.EstimateThen);
    }
}
