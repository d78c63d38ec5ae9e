using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Rooms;

public sealed class RoomRuleTests
{
    private static readonly RoomMap s_map = new("Shop", "Shop", ["Goods", "Shelves", "Till"]);

    [Fact]
    public void Uses_from_right_to_left_are_fine()
    {
        RoomUse[] uses = [Use("Shop.Till", "Shop.Goods"), Use("Shop", "Shop.Till"), Use("Shop.Goods", "System"), Use("Shop.Till", "Shop.Till")];

        Assert.Empty(RoomRule.CheckOrder(s_map, uses));
        Assert.Empty(RoomRule.CheckCircles(s_map, uses));
    }

    [Fact]
    public void A_use_to_the_right_is_found() => Expect.One(RoomRule.CheckOrder(s_map, [Use("Shop.Goods", "Shop.Till")]), 0, "room to its right");

    [Fact]
    public void A_use_of_the_root_is_found() => Expect.One(RoomRule.CheckOrder(s_map, [Use("Shop.Goods", "Shop")]), 0, "the root");

    [Fact]
    public void A_room_without_a_place_is_found_and_told_its_place() =>
        Expect.One(
            RoomRule.CheckOrder(s_map, [Use("Shop.Cellar", "Shop.Goods"), Use("Shop.Till", "Shop.Cellar")]),
            0,
            "to the right of what it uses (Goods) and to the left of what uses it (Till)");

    [Fact]
    public void A_circle_is_found_whatever_the_map_says()
    {
        RoomUse[] uses = [Use("Shop.Goods", "Shop.Shelves"), Use("Shop.Shelves", "Shop.Till"), Use("Shop.Till", "Shop.Goods"), Use("Shop", "Shop.Goods")];

        var rooms = RoomRule.CheckCircles(s_map, uses).Select(finding => finding.Path);

        Assert.Equal(["Shop/Goods", "Shop/Shelves", "Shop/Till"], rooms.Order(StringComparer.Ordinal));
    }

    private static RoomUse Use(string from, string to) => new(from, "A", to == "System" ? "System.Runtime" : "Shop", to, "B");
}
