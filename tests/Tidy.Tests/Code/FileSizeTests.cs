using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Code;

public sealed class FileSizeTests
{
    [Fact]
    public void No_file_is_too_long() => Expect.None(RepositoryTree.CodeFiles.SelectMany(FileSize.Check));

    [Theory]
    [InlineData("src/CostLedger/Long.cs", 300, 0)]
    [InlineData("src/CostLedger/Long.cs", 301, 1)]
    [InlineData("tests/CostLedger.Tests/Long.cs", 400, 0)]
    [InlineData("tests/CostLedger.Tests/Long.cs", 401, 1)]
    public void A_line_more_than_the_limit_is_found(string path, int lines, int findings)
    {
        var file = new CodeFile(path, string.Concat(Enumerable.Repeat("// a line\n", lines)));

        Assert.Equal(findings, FileSize.Check(file).Count());
    }
}
