using Xunit;

namespace Tidy.Tests.Rooms;

public sealed class AssemblyUsesTests
{
    private const string Specimens = "Tidy.Tests.Rooms.Specimens";

    private static readonly IReadOnlyCollection<RoomUse> s_uses = AssemblyUses.Read(typeof(AssemblyUsesTests).Assembly.Location);

    /// <summary>The types of the right-hand room, each of which uses the left-hand one in one way.</summary>
    public static TheoryData<string> Ways =>
        [.. AssemblyUses.Types(typeof(AssemblyUsesTests).Assembly.Location)[Specimens + ".Right"].Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Every_way_of_using_a_type_is_seen(string user) => Assert.Contains(
        s_uses,
        use => use.User == user && use.UsedSpace == Specimens + ".Left" && use.Used is "Value" or "MarkAttribute");

    [Fact]
    public void A_room_that_uses_nothing_is_seen_to_use_nothing() => Assert.DoesNotContain(
        s_uses,
        use => use.UserSpace == Specimens + ".Left" && use.UsedSpace == Specimens + ".Right");

    [Fact]
    public void Types_of_other_assemblies_are_named_with_theirs() => Assert.Contains(
        s_uses,
        use => use is { UserSpace: "Tidy.Tests.Rooms", User: "AssemblyUses", UsedAssembly: "System.Reflection.Metadata", Used: "MetadataReader" });
}
