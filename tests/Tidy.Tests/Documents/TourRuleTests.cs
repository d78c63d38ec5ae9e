using Tidy.Tests.Repository;
using Tidy.Tests.Rooms;
using Xunit;

namespace Tidy.Tests.Documents;

public sealed class TourRuleTests
{
    private static readonly RoomMap s_map = new("Shop", "Shop", ["Goods", "Till.Coins", "Till"]);

    [Fact]
    public void The_tour_names_every_room() =>
        Expect.None(TourRule.Check(new MarkdownFile(RepositoryTree.Read("docs/architecture.md")), RoomMap.All));

    [Fact]
    public void A_tour_in_order_is_fine() => Assert.Empty(Check("## src/Shop\n\nA shop.\n\n- `Goods`: sold.\n- `Till`: counts `Goods`.\n\n## Else\n\n- `Other`\n"));

    [Theory]
    [InlineData("## src/Shop\n\n- `Till`: counts.\n- `Goods`: sold.\n")]
    [InlineData("## src/Shop\n\n- `Goods`: sold.\n")]
    [InlineData("## src/Shop\n\n- `Goods`: sold.\n- `Cellar`: dark.\n- `Till`: counts.\n")]
    [InlineData("# Nothing\n")]
    public void Another_tour_is_found(string text) => Expect.One(Check(text), 0, "it has Goods, Till");

    private static IEnumerable<Finding> Check(string text) => TourRule.Check(new MarkdownFile(new TextFile("docs/tour.md", text)), [s_map]);
}
