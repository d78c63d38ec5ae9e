namespace Telemetry.Handler.Segments;

/// <summary>One block of a prompt: the least that can be cached, counted and compared by itself. Holds no content.</summary>
internal readonly record struct Segment
{
    /// <summary>The part of the prompt.</summary>
    public required CacheLevel Level { get; init; }

    /// <summary>What it is.</summary>
    public required SegmentKind Kind { get; init; }

    /// <summary>Who speaks.</summary>
    public SegmentRole Role { get; init; }

    /// <summary>The message, from 0; -1 outside of messages.</summary>
    public required int Message { get; init; }

    /// <summary>Its place among the tools, the system's blocks or the message's blocks, from 0.</summary>
    public required int Block { get; init; }

    /// <summary>Where it begins in the body, in bytes.</summary>
    public required int Start { get; init; }

    /// <summary>Its length in the body, in bytes.</summary>
    public required int Length { get; init; }

    /// <summary>Keyed hash of what it says, whatever its spelling in JSON; breakpoints and the role are not in it.</summary>
    public required UInt128 Hash { get; init; }

    /// <summary>Bytes of the text that the model reads of it.</summary>
    public required int TextLength { get; init; }

    /// <summary>The tokens of that text by the tokenizer at hand, without what the provider adds; zero where nobody counted.</summary>
    public int Tokens { get; init; }

    /// <summary>Whether the prompt is to be cached up to its end.</summary>
    public CacheLifetime Breakpoint { get; init; }

    /// <summary>The images and documents in it, as a range of <see cref="SegmentedPrompt.Media"/>.</summary>
    public (int First, int Count) Media { get; init; }
}
