namespace CostLedger.Pricing.Matching;

/// <summary>How a model's id was recognised, from the surest to the least sure.</summary>
public enum MatchKind
{
    /// <summary>It is a model's id.</summary>
    Exact,

    /// <summary>The price list gives it as another id of a model.</summary>
    Alias,

    /// <summary>It is a provider's or gateway's spelling of an id.</summary>
    Spelling,

    /// <summary>It is a model's id with a date that the list does not know.</summary>
    Undated,

    /// <summary>It begins like a model's id and goes on in words: a guess.</summary>
    Family,

    /// <summary>It asks for the newest model of a family, which the day decides: a guess.</summary>
    Newest,

    /// <summary>No model is like it.</summary>
    None,
}
