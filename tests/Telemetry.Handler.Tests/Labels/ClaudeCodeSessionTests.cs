using Telemetry.Handler.Labels;
using Xunit;

namespace Telemetry.Handler.Tests.Labels;

public sealed class ClaudeCodeSessionTests
{
    private const string Device = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Session = "11111111-2222-3333-4444-555555555555";

    [Theory]
    [InlineData("user_" + Device + "_account__session_" + Session)]
    [InlineData("user_" + Device + "_account_99999999-2222-3333-4444-555555555555_session_" + Session)]
    [InlineData("""{"device_id":"x","account_uuid":"","session_id":"11111111-2222-3333-4444-555555555555"}""")]
    [InlineData(""" {"session_id":"11111111-2222-3333-4444-555555555555","more":{"session_id":"no"}} """)]
    [InlineData("""{"session_id":"first","session_id":"11111111-2222-3333-4444-555555555555"}""")]
    public void Both_forms_hold_a_session(string userId)
    {
        Assert.Equal(Session, ClaudeCodeSession.Find(userId));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("user-17")]
    [InlineData("user_17_account__session_" + Session)]
    [InlineData("user_" + Device)]
    [InlineData("user_" + Device + "_account_x y_session_" + Session)]
    [InlineData("user_" + Device + "_account__session_short")]
    [InlineData("user_" + Device + "_account__session_" + Session + "more")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"session_id":null}""")]
    [InlineData("""{"session_id":" "}""")]
    [InlineData("""{"session_id":{"session_id":"x"}}""")]
    public void Other_user_ids_hold_none(string? userId)
    {
        Assert.Null(ClaudeCodeSession.Find(userId));
    }
}
