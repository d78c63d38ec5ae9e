namespace Telemetry.Handler.Json;

/// <summary>Chooses what to take of a JSON document, and takes it. Spans are valid during the call only.</summary>
internal interface IJsonSink
{
    /// <summary>A member of an object that was entered.</summary>
    /// <param name="name">Its unescaped name, cut at the skimmer's bound.</param>
    /// <returns>What to take of its value.</returns>
    JsonTake OnName(ReadOnlySpan<byte> name);

    /// <summary>An element of an array that was entered.</summary>
    /// <returns>What to take of it.</returns>
    JsonTake OnElement();

    /// <summary>An object or array was entered.</summary>
    /// <param name="isArray">Whether it is an array.</param>
    void OnEnter(bool isArray);

    /// <summary>The object or array that was entered last is over.</summary>
    void OnLeave();

    /// <summary>A part of a string of which all was wanted.</summary>
    /// <param name="part">Unescaped bytes.</param>
    void OnTextPart(ReadOnlySpan<byte> part)
    {
        // For sinks that never want parts.
    }

    /// <summary>The value was a string.</summary>
    /// <param name="text">Its unescaped beginning, if that was wanted; all of it when it is <paramref name="size"/> long.</param>
    /// <param name="size">The bytes of the whole unescaped string in UTF-8.</param>
    void OnText(ReadOnlySpan<byte> text, long size);

    /// <summary>The value was a number.</summary>
    /// <param name="number">As it was written; empty where it is longer than any number that can be meant.</param>
    void OnNumber(ReadOnlySpan<byte> number);

    /// <summary>The value was <c>null</c>.</summary>
    void OnNull();

    /// <summary>The value was an object or array that was not entered.</summary>
    /// <param name="size">Its bytes as written.</param>
    void OnSkipped(long size);
}
