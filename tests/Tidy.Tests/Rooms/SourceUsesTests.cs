using Tidy.Tests.Code;
using Xunit;

namespace Tidy.Tests.Rooms;

public sealed class SourceUsesTests
{
    private static readonly RoomMap s_map = new("Shop", "Shop", ["Goods", "Till"]);

    private static readonly ILookup<string, string> s_types = new[]
    {
        (Space: "Shop", Type: "Front"), (Space: "Shop.Goods", Type: "Apple"), (Space: "Shop.Till", Type: "Coin"),
    }.ToLookup(type => type.Space, type => type.Type, StringComparer.Ordinal);

    [Theory]
    [InlineData("using Shop.Till;", "Shop.Till", "*")]
    [InlineData("using static Shop.Till.Coin;", "Shop.Till", "Coin")]
    [InlineData("using C = Shop.Till.Coin;", "Shop.Till", "Coin")]
    [InlineData("class A { int X = Shop.Till.Coin.Cents; }", "Shop.Till", "Coin")]
    [InlineData("class A { int X = global::Shop.Till.Coin.Cents; }", "Shop.Till", "Coin")]
    [InlineData("class A { int X = Till.Coin.Cents; }", "Shop.Till", "Coin")]
    [InlineData("class A { Till.Coin X; }", "Shop.Till", "Coin")]
    [InlineData("class A { int X = Front.Height; }", "Shop", "Front")]
    [InlineData("class A { string X = nameof(Front); }", "Shop", "Front")]
    public void A_name_of_another_room_is_seen(string text, string space, string type)
    {
        var uses = Read(text);

        Assert.Contains(uses, use => use.UserSpace == "Shop.Goods" && use.UsedSpace == space && use.Used == type);
    }

    [Theory]
    [InlineData("using System.Text;")]
    [InlineData("/// <summary>As <see cref=\"Shop.Till.Coin\"/>.</summary>\nclass A { }")]
    [InlineData("class A { string X = \"Shop.Till.Coin\"; }")]
    [InlineData("class A { int X => Other.Front; }")]
    public void Other_names_are_nothing(string text) => Assert.Empty(Read(text));

    private static List<RoomUse> Read(string text) =>
        [.. new SourceUses(s_map, s_types).Read(new CodeFile("src/Shop/Goods/A.cs", text + "\n"))];
}
