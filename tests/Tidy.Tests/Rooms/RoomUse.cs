namespace Tidy.Tests.Rooms;

/// <summary>A type that uses a type.</summary>
/// <param name="UserSpace">The user's namespace.</param>
/// <param name="User">The user: the outermost type, or the file.</param>
/// <param name="UsedAssembly">The assembly of what is used.</param>
/// <param name="UsedSpace">Its namespace.</param>
/// <param name="Used">Its outermost type, or * for a whole namespace.</param>
internal readonly record struct RoomUse(string UserSpace, string User, string UsedAssembly, string UsedSpace, string Used);
