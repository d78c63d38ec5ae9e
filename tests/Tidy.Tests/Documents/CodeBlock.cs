namespace Tidy.Tests.Documents;

/// <summary>A fenced block of code.</summary>
/// <param name="Line">The line of the fence.</param>
/// <param name="Language">The word after the fence.</param>
/// <param name="Lines">The code.</param>
internal sealed record CodeBlock(int Line, string Language, IReadOnlyList<string> Lines);
