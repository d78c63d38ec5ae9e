namespace CostReport.Cli.Whatifs.Answering;

/// <summary>What a reader must know of a call under an assumption.</summary>
[Flags]
internal enum Doubts
{
    None = 0,

    /// <summary>The call has no price in the ledger.</summary>
    NoPrice = 1,

    /// <summary>It would have no price: the model is not offered there.</summary>
    NoPriceThen = 2,

    /// <summary>Prompt and answer are more than the model's context window.</summary>
    OverWindow = 4,

    /// <summary>The answer is longer than the model's answers can be.</summary>
    OverOutput = 8,

    /// <summary>It ran in fast mode, which it cannot then.</summary>
    LosesFast = 16,

    /// <summary>Its provider or model has no choice of geography.</summary>
    NoGeo = 32,

    /// <summary>What was cached is too short to be cached by the model.</summary>
    TooShort = 64,

    /// <summary>It has been in a batch already.</summary>
    IsBatch = 128,
}
