namespace Tidy.Tests.Rooms.Specimens.Left;

/// <summary>An attribute that others bear.</summary>
[AttributeUsage(AttributeTargets.All)]
internal sealed class MarkAttribute : Attribute;
