using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Rooms;

public sealed class RoomSizeTests
{
    [Fact]
    public void No_room_is_too_large() => Expect.None(RoomSize.Check(RepositoryTree.SourceFiles));

    [Theory]
    [InlineData(12, 100, 0)]
    [InlineData(13, 1, 1)]
    [InlineData(2, 601, 1)]
    public void A_room_over_the_limit_is_found(int files, int linesEach, int findings)
    {
        var text = string.Concat(Enumerable.Repeat("// a line\n", linesEach));
        var room = Enumerable.Range(0, files).Select(i => new TextFile($"src/CostLedger/Pricing/File{i}.cs", text));

        Assert.Equal(findings, RoomSize.Check(room).Count());
    }
}
