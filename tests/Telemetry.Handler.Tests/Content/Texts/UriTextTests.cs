using Telemetry.Handler.Content.Texts;
using Xunit;

namespace Telemetry.Handler.Tests.Content.Texts;

public sealed class UriTextTests
{
    [Theory]
    [InlineData("https://host/a/b.png?sig=x#y", "https://host/a/b.png")]
    [InlineData("https://me:secret@host:8443/a@b", "https://host:8443/a@b")]
    [InlineData("data:image/png;base64,iVBORw0KGgo=", "[binary]")]
    [InlineData("s3://bucket/key", "s3://bucket/key")]
    [InlineData("no url", "no url")]
    public void A_url_loses_what_can_be_secret(string uri, string expected) => Assert.Equal(expected, UriText.WithoutSecrets(uri));

    [Fact]
    public void Urls_are_found_in_a_text() => Assert.Equal(
        "Connection refused (https://host:443/v1) and http://b again",
        UriText.InText("Connection refused (https://host:443/v1?key=x) and http://u@b?c again"));
}
