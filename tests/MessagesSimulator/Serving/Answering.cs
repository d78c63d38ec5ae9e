using MessagesSimulator.Billing;
using MessagesSimulator.Caching;
using MessagesSimulator.Replies;
using MessagesSimulator.Scripting;
using MessagesSimulator.Wire;

namespace MessagesSimulator.Serving;

/// <summary>What the model says to a prompt, and what that uses.</summary>
internal static class Answering
{
    /// <summary>Makes the answer.</summary>
    /// <param name="simulation">The server.</param>
    /// <param name="step">What is to happen.</param>
    /// <param name="cached">The prompt, and what the cache holds of it.</param>
    /// <returns>The answer with its usage.</returns>
    public static ServedAnswer Serve(Simulation simulation, ScriptStep step, PendingAnswer cached)
    {
        var prompt = cached.Prompt;
        var answer = new AnswerBuilder(prompt.Settings, simulation.Ids).Build(step.Reply ?? Improviser.Answer(prompt), prompt.Model.Id);
        var usage = new BilledUsage
        {
            InputTokens = cached.Usage.InputTokens,
            CacheReadInputTokens = cached.Usage.CacheReadInputTokens,
            CacheCreation5mInputTokens = cached.Usage.CacheCreation5mInputTokens,
            CacheCreation1hInputTokens = cached.Usage.CacheCreation1hInputTokens,
            OutputTokens = answer.OutputTokens,
            ThinkingTokens = answer.ThinkingTokens,
            WebSearchRequests = answer.WebSearches,
        };
        var geo = prompt.Model.KnowsGeography ? prompt.Settings.InferenceGeo ?? "global" : "not_available";
        return new ServedAnswer(answer, usage, geo, prompt.Settings.Fast ? "fast" : null, prompt.Settings.Thinking is not null)
        {
            Diagnostics = cached.DiagnosticsAnswer,
        };
    }
}
