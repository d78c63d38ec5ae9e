namespace CostLedger.Querying.Trees;

/// <summary>What a prompt's messages are up to a node.</summary>
/// <param name="Messages">A hash of the messages alone, without tools and system.</param>
/// <param name="First">The hash of the first segment of the first message.</param>
/// <param name="Root">The last node before the messages; 0 where there is none.</param>
/// <param name="Answers">How many answers stand among them.</param>
/// <param name="Compactions">How many summaries of the provider's making stand among them.</param>
/// <param name="Tokens">Their tokens.</param>
/// <param name="FirstTokens">The tokens of the first message.</param>
/// <param name="IsWhole">Whether the ledger holds all of them.</param>
internal readonly record struct PathFacts(
    UInt128 Messages,
    UInt128 First,
    long Root,
    int Answers,
    int Compactions,
    long Tokens,
    long FirstTokens,
    bool IsWhole);
