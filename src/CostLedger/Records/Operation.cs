namespace CostLedger.Records;

/// <summary>What a call does. The numbers are stored in ledgers and never change.</summary>
public enum Operation
{
    /// <summary>Creates a message.</summary>
    Messages = 1,

    /// <summary>Counts the tokens of a request; free.</summary>
    CountTokens = 2,

    /// <summary>Creates a message batch; free in itself.</summary>
    BatchCreate = 3,

    /// <summary>Reads the results of a batch; free in itself.</summary>
    BatchResults = 4,

    /// <summary>One request of a batch, billed at the batch price.</summary>
    BatchResult = 5,

    /// <summary>Bedrock's Converse.</summary>
    Converse = 6,

    /// <summary>Lists models; free.</summary>
    Models = 7,

    /// <summary>Looks at, lists or cancels batches; free.</summary>
    BatchOther = 8,
}
