namespace Telemetry.Handler.Caching.Forecasting;

/// <summary>Turns weights into tokens: from a prefix whose tokens usage told, and by the model's usual ratio beyond.</summary>
/// <param name="Weight">The weight of the known prefix; zero where none is known.</param>
/// <param name="Tokens">Its tokens.</param>
/// <param name="TokensPerWeight">The ratio beyond.</param>
internal readonly record struct TokenScale(long Weight, long Tokens, double TokensPerWeight)
{
    /// <summary>The tokens of a prefix.</summary>
    public int Of(long weight)
    {
        var tokens = weight >= Weight ? Tokens + ((weight - Weight) * TokensPerWeight) : (double)Tokens * weight / Weight;
        return (int)Math.Min(Math.Round(tokens), int.MaxValue);
    }
}
