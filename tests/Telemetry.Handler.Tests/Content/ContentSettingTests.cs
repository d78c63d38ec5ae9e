using Telemetry.Handler.Content;
using Xunit;

namespace Telemetry.Handler.Tests.Content;

public sealed class ContentSettingTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData(" TRUE ", true)]
    [InlineData("1", false)]
    [InlineData("yes", false)]
    [InlineData("false", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_a_plain_true_switches_content_on(string? value, bool expected) => Assert.Equal(expected, ContentSetting.IsOn(value));
}
