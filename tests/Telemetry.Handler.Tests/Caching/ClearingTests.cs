using Telemetry.Handler.Caching;
using Telemetry.Handler.Caching.Diagnosing;
using Telemetry.Handler.Caching.Forecasting;
using Xunit;
using static Telemetry.Handler.Tests.Caching.Draft;

namespace Telemetry.Handler.Tests.Caching;

/// <summary>What context management takes out of the history is neither the client's edit nor the provider's loss.</summary>
public sealed class ClearingTests : IDisposable
{
    private const string ClearsTools = """{"edits":[{"type":"clear_tool_uses_20250919"}]}""";
    private const string KeepsThinking = """{"edits":[{"type":"clear_thinking_20251015","keep":"all"}]}""";

    private readonly Lab _lab = new();

    [Fact]
    public void Results_of_tools_that_are_cleared_are_named_at_the_first_of_them()
    {
        var draft = Agent() with { ContextManagement = ClearsTools };
        _lab.Send(draft);

        var (_, diagnosis) = Lose(draft.Then("well", "go on"), isCleared: true);

        Assert.Equal(CacheBreakReason.MessagesEdited, diagnosis?.Reason);
        Assert.Equal("messages[2].content[0] cleared by context_management", diagnosis!.Segment);
        Assert.True(diagnosis.IsBreak);
    }

    [Fact]
    public void A_clearing_that_loses_nothing_is_no_break()
    {
        var draft = Agent() with { ContextManagement = ClearsTools };
        var usage = _lab.Send(draft).Usage;
        var forecast = _lab.Ask(draft.Then("well", "go on"));

        Assert.Null(_lab.Forecaster.Diagnose(forecast, usage with { CacheReadInputTokens = usage.CacheCreationInputTokens, CacheCreationInputTokens = 90 }, isCleared: true));
    }

    [Fact]
    public void What_a_clearing_leaves_of_a_prompt_says_nothing_of_how_many_tokens_prompts_have()
    {
        var draft = Agent() with { ContextManagement = ClearsTools };
        _lab.Send(draft);
        var before = _lab.Ask(Texts.Conversation(5, 1)).TotalTokens;

        Lose(draft.Then("well", "go on"), isCleared: true);

        Assert.Equal(before, _lab.Ask(Texts.Conversation(6, 1)).TotalTokens, tolerance: before / 50.0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Other_context_management_explains_a_loss_and_foretells_none(bool isLost)
    {
        var draft = Agent();
        _lab.Send(draft);
        var changed = draft.Then("well", "go on") with { ContextManagement = KeepsThinking };

        var (forecast, diagnosis) = isLost ? Lose(changed, isCleared: false) : Keep(changed);

        Assert.Null(forecast.Break);
        Assert.Equal(isLost ? CacheBreakReason.MessagesEdited : null, diagnosis?.Reason);
        Assert.Equal(isLost ? "context_management" : null, diagnosis?.Segment);
    }

    [Theory]
    [InlineData("mcp")]
    [InlineData("skills")]
    [InlineData("budget")]
    public void A_setting_that_loses_nothing_is_not_foreseen_to_lose_again(string setting)
    {
        var draft = Texts.Conversation(1, 6);
        _lab.Send(draft);
        var changed = setting switch
        {
            "mcp" => draft with { McpServers = """[{"type":"url","url":"https://a.example/mcp","name":"a"}]""" },
            "skills" => draft with { Container = """{"skills":[{"type":"anthropic","skill_id":"pptx","version":"latest"}]}""" },
            _ => draft with { TaskBudget = """{"type":"tokens","total":50000,"remaining":30000}""" },
        };

        var forecast = _lab.Ask(changed);
        var usage = _lab.Provider.Answer(draft, _lab.Time);
        _lab.Forecaster.Begun(forecast);
        Assert.Null(_lab.Forecaster.Diagnose(forecast, usage));

        Assert.NotNull(forecast.Break);
        Assert.Null(_lab.Ask(draft).Break);
    }

    public void Dispose() => _lab.Dispose();

    private static Draft Agent() => Texts.Conversation(3, 1) with
    {
        Messages =
        [
            new("user", new Block(Texts.Of(3, 300))),
            new("assistant", new Block("a", "tool_use")),
            new("user", new Block(Texts.Of(4, 900), "tool_result")),
            new("assistant", new Block("b", "tool_use")),
            new("user", new Block(Texts.Of(5, 900), "tool_result")),
        ],
    };

    private (CacheForecast Forecast, CacheDiagnosis? Diagnosis) Keep(Draft draft)
    {
        var (forecast, diagnosis, _) = _lab.Send(draft);
        return (forecast, diagnosis);
    }

    // Tools and the system prompt are read, and no more.
    private (CacheForecast Forecast, CacheDiagnosis? Diagnosis) Lose(Draft draft, bool isCleared)
    {
        var forecast = _lab.Ask(draft);
        var usage = _lab.Provider.Answer(draft with { ToolChoice = """{"type":"any"}""" }, _lab.Time);
        var cleared = usage with { CacheCreationInputTokens = usage.CacheCreationInputTokens / 2, CacheCreation5mInputTokens = usage.CacheCreation5mInputTokens / 2 };
        _lab.Forecaster.Begun(forecast);
        return (forecast, _lab.Forecaster.Diagnose(forecast, isCleared ? cleared : usage, isCleared: isCleared));
    }
}
