namespace Telemetry.Handler.Tokens;

/// <summary>Counts tokens. An application may put in its own, for example one over another library's tokenizer.</summary>
public interface ITokenCounter
{
    /// <summary>The name of what counts, for example <c>o200k_base</c>; it is stored beside estimates. 1 to 100 characters.</summary>
    string Name { get; }

    /// <summary>Counts the tokens of a text. Called from many threads at once; must not throw.</summary>
    /// <param name="utf8">The text as UTF-8; whatever bytes it holds.</param>
    /// <returns>The number of tokens.</returns>
    int Count(ReadOnlySpan<byte> utf8);
}
