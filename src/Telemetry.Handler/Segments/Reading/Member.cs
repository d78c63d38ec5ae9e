namespace Telemetry.Handler.Segments.Reading;

/// <summary>A member of an object in a request's body, by where it stands.</summary>
/// <param name="Name">Which it is.</param>
/// <param name="NameStart">Where its name begins, after the quote.</param>
/// <param name="NameLength">The length of its name.</param>
/// <param name="Start">Where its value begins.</param>
/// <param name="Length">The length of its value.</param>
internal readonly record struct Member(MemberName Name, int NameStart, int NameLength, int Start, int Length);
