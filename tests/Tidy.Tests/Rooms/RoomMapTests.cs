using Xunit;

namespace Tidy.Tests.Rooms;

public sealed class RoomMapTests
{
    private static readonly RoomMap s_map = new("Shop", "Shop", ["Goods", "Shelves", "Till.Coins", "Till"]);

    [Theory]
    [InlineData("Shop", "")]
    [InlineData("Shop.Till", "Till")]
    [InlineData("Shop.Till.Coins", "Till.Coins")]
    [InlineData("Shopping", null)]
    [InlineData("System", null)]
    public void A_namespace_has_a_room(string space, string? room) => Assert.Equal(room, s_map.RoomOf(space));

    [Theory]
    [InlineData("Till", "Goods", true)]
    [InlineData("Goods", "Till", false)]
    [InlineData("", "Till", true)]
    [InlineData("Till", "", false)]
    [InlineData("Till", "Till.Coins", true)]
    [InlineData("Till.Coins", "Till", false)]
    [InlineData("Till.Coins", "Shelves", true)]
    [InlineData("Shelves", "Till.Coins", false)]
    [InlineData("Till", "Till.Coins.Old", false)]
    public void A_room_knows_what_is_left_of_it(string user, string used, bool allowed) => Assert.Equal(allowed, s_map.Allows(user, used));
}
