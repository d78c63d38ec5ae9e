using System.Text.Json.Nodes;
using MessagesSimulator.Corpus.Drafting;
using MessagesSimulator.Prompts;

namespace MessagesSimulator.Corpus.Mutating;

/// <summary>Changes of what is asked beside the prompt, and of who asks.</summary>
internal static class SettingMutations
{
    private const string Beta = "interleaved-thinking-2025-05-14";
    private const string FastBeta = "fast-mode-2026-02-01";

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("tool_choice_any", CorpusReasons.ToolChoiceChanged, it =>
            it.Conversation.Model.TakesForcedTools && !it.Conversation.Thinks && ChooseTool(it, new JsonObject { ["type"] = "any" })),
        new("tool_choice_none", CorpusReasons.ToolChoiceChanged, it => ChooseTool(it, new JsonObject { ["type"] = "none" })),
        new("tools_one_by_one", CorpusReasons.ToolChoiceChanged, it =>
            ChooseTool(it, new JsonObject { ["type"] = "auto", ["disable_parallel_tool_use"] = true })),
        new("thinking_on", CorpusReasons.ThinkingChanged, it => !it.Conversation.Thinks && Think(it, Opening.Thinking(it.Conversation.Model))),
        new("thinking_off", CorpusReasons.ThinkingChanged, it => it.Conversation.Thinks && Think(it, null)),
        new("thinking_budget", CorpusReasons.ThinkingChanged, it => it.Conversation.Thinks
            && Think(it, new JsonObject { ["type"] = "enabled", ["budget_tokens"] = 4096 }))
        {
            Models = model => model.Thinks is "enabled",
        },
        new("beta_added", CorpusReasons.BetaHeaderChanged, it =>
        {
            it.Last = it.Last with { Betas = Beta };
            return it.Loses(PromptLevel.Tools);
        }),
        new("beta_removed", CorpusReasons.BetaHeaderChanged, it =>
        {
            Everywhere(it, draft => draft with { Betas = Beta });
            it.Last = it.Last with { Betas = "" };
            return it.Loses(PromptLevel.Tools);
        }),
        new("speed_fast", CorpusReasons.SpeedOrGeoChanged, it =>
        {
            Everywhere(it, draft => draft with { Betas = FastBeta });
            it.Last.Body["speed"] = "fast";
            return it.Loses(PromptLevel.System);
        })
        {
            Models = model => model.HasFastSpeed,
        },
        new("geography", CorpusReasons.SpeedOrGeoChanged, it =>
        {
            it.Last.Body["inference_geo"] = "us";
            return it.Loses(PromptLevel.Tools);
        })
        {
            Models = model => model.HasGeography,
        },
        new("model", CorpusReasons.ModelChanged, ChangeModel),
        new("workspace", CorpusReasons.WorkspaceChanged, it =>
        {
            it.Last = it.Last with { Workspace = "wrkspc_01other" };
            return it.Loses(PromptLevel.Tools);
        }),
        new("key", CorpusReasons.WorkspaceChanged, it =>
        {
            it.Last = it.Last with { IsOtherKey = true };
            return it.Loses(PromptLevel.Tools);
        }),
    ];

    private static bool ChooseTool(Disturbance it, JsonObject choice)
    {
        if (it.Last.Tools.Count == 0)
        {
            return false;
        }

        it.Last.Body["tool_choice"] = choice;
        return it.Loses(PromptLevel.Messages);
    }

    private static bool Think(Disturbance it, JsonObject? thinking)
    {
        it.Last.Body.Remove("thinking");
        if (thinking is not null)
        {
            it.Last.Body["thinking"] = thinking;
        }

        return it.Loses(PromptLevel.Messages);
    }

    private static bool ChangeModel(Disturbance it)
    {
        var model = it.Conversation.Model;
        var others = CorpusModel.All
            .Where(other => other != model && other.Thinks == model.Thinks && other.ForgetsThinking == model.ForgetsThinking)
            .ToList();
        if (others.Count == 0)
        {
            return false;
        }

        it.Last.Body["model"] = others[it.Chance.Next(others.Count)].Id;
        return it.Loses(PromptLevel.Tools);
    }

    private static void Everywhere(Disturbance it, Func<Draft, Draft> change)
    {
        for (var i = 0; i < it.Earlier.Count; i++)
        {
            it.Earlier[i] = change(it.Earlier[i]);
        }

        it.Last = change(it.Last);
        it.Control = change(it.Control);
    }
}
