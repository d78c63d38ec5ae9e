using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Rooms;

/// <summary>The rooms of the products, as compiled and as written.</summary>
public sealed class RoomsTests
{
    public static TheoryData<string> Projects => [.. RoomMap.All.Select(map => map.Project)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_room_uses_only_rooms_to_its_left(string project)
    {
        var (map, uses) = Read(project);

        Expect.None(RoomRule.CheckOrder(map, uses));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Rooms_form_no_circle(string project)
    {
        var (map, uses) = Read(project);

        Expect.None(RoomRule.CheckCircles(map, uses));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_room_knows_of_the_world_what_it_needs(string project)
    {
        var (_, uses) = Read(project);

        Expect.None(ForeignRule.Check(uses));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_room_of_the_map_exists(string project)
    {
        var map = RoomMap.All.Single(map => map.Project == project);
        var types = AssemblyUses.Types(PathOf(map));

        Assert.All(map.Order, room => Assert.True(types.Contains($"{project}.{room}"), $"{project}/{room} holds no type: take it off RoomMap."));
    }

    private static (RoomMap Map, List<RoomUse> Uses) Read(string project)
    {
        var map = RoomMap.All.Single(map => map.Project == project);
        var source = new SourceUses(map, AssemblyUses.Types(PathOf(map)));
        var written = RepositoryTree.SourceFiles.Where(file => file.IsUnder($"src/{project}")).SelectMany(source.Read);

        return (map, [.. AssemblyUses.Read(PathOf(map)).Concat(written).Distinct()]);
    }

    private static string PathOf(RoomMap map) => Path.Combine(AppContext.BaseDirectory, map.Assembly + ".dll");
}
