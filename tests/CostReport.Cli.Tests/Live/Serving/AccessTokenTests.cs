using CostReport.Cli.Arguments;
using CostReport.Cli.Live.Serving;
using Xunit;

namespace CostReport.Cli.Tests.Live.Serving;

public sealed class AccessTokenTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costreport-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Tokens_differ_and_know_themselves()
    {
        var (one, other) = (AccessToken.Create(), AccessToken.Create());

        Assert.Equal(32, one.Text.Length);
        Assert.True(one.Is(one.Text));
        Assert.False(one.Is(other.Text));
        Assert.False(one.Is(""));
        Assert.False(one.Is(one.Text.ToUpperInvariant() + "é"));
    }

    [Fact]
    public void A_file_that_is_missing_is_made_for_its_owner_alone_and_kept()
    {
        var path = Path.Combine(_folder.FullName, "token");

        var first = AccessToken.Of(path);

        Assert.Equal(first.Text, AccessToken.Of(path).Text);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("0123456789abcdef/")]
    [InlineData("0123456789abcdef 0123456789abcdef")]
    [InlineData("0123456789abcdefé")]
    public void A_file_that_holds_no_token_is_refused(string text)
    {
        var path = Path.Combine(_folder.FullName, "token");
        File.WriteAllText(path, text);

        var error = Assert.Throws<UserError>(() => AccessToken.Of(path));

        Assert.Contains("holds no token", error.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(path));
    }

    [Fact]
    public void A_file_that_cannot_be_made_is_said()
    {
        Assert.Contains("cannot be used", Assert.Throws<UserError>(() => AccessToken.Of(Path.Combine(_folder.FullName, "missing", "token"))).Message, StringComparison.Ordinal);
    }
}
