namespace Tidy.Tests.Rooms;

/// <summary>An outermost type.</summary>
/// <param name="Assembly">Its assembly.</param>
/// <param name="Space">Its namespace.</param>
/// <param name="Name">Its name, without the number of its type parameters.</param>
internal readonly record struct TypeName(string Assembly, string Space, string Name);
