using Telemetry.Handler.Caching.Calls;
using Telemetry.Handler.Caching.Model;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Diagnosing;

/// <summary>Tells in what two calls differ beside their prompts, and what that costs.</summary>
internal static class ParameterComparer
{
    private const CacheDimensions OfMessages =
        CacheDimensions.ToolChoice | CacheDimensions.Images | CacheDimensions.TaskBudget | CacheDimensions.ContextManagement;

    // In the order in which they are blamed: what loses more first.
    private static readonly (CacheDimensions Dimension, CacheBreakReason Reason, string Name)[] Causes =
    [
        (CacheDimensions.Workspace, CacheBreakReason.WorkspaceChanged, "workspace"),
        (CacheDimensions.Model, CacheBreakReason.ModelChanged, "model"),
        (CacheDimensions.Location, CacheBreakReason.SpeedOrGeoChanged, "location"),
        (CacheDimensions.Geo, CacheBreakReason.SpeedOrGeoChanged, "inference_geo"),
        (CacheDimensions.McpServers, CacheBreakReason.ToolsChanged, "mcp_servers"),
        (CacheDimensions.Betas, CacheBreakReason.BetaHeaderChanged, "anthropic-beta"),
        (CacheDimensions.Speed, CacheBreakReason.SpeedOrGeoChanged, "speed"),
        (CacheDimensions.WebTools, CacheBreakReason.ToolsChanged, "web tools"),
        (CacheDimensions.Skills, CacheBreakReason.SystemChanged, "container.skills"),
        (CacheDimensions.Citations, CacheBreakReason.SystemChanged, "citations"),
        (CacheDimensions.ToolChoice, CacheBreakReason.ToolChoiceChanged, "tool_choice"),
        (CacheDimensions.Thinking, CacheBreakReason.ThinkingChanged, "thinking"),
        (CacheDimensions.Effort, CacheBreakReason.ThinkingChanged, "output_config.effort"),
        (CacheDimensions.Format, CacheBreakReason.SystemChanged, "output_config.format"),
        (CacheDimensions.Images, CacheBreakReason.ImagesChanged, "images"),
        (CacheDimensions.TaskBudget, CacheBreakReason.MessagesEdited, "output_config.task_budget"),
        (CacheDimensions.ContextManagement, CacheBreakReason.MessagesEdited, "context_management"),
    ];

    /// <summary>In what they differ.</summary>
    public static CacheDimensions Between(CallMark call, CallMark previous)
    {
        var (scope, before) = (call.Scope, previous.Scope);
        var (now, was) = (call.Parameters, previous.Parameters);
        return If(scope.Workspace != before.Workspace || scope.Provider != before.Provider, CacheDimensions.Workspace)
            | If(!string.Equals(scope.Location, before.Location, StringComparison.OrdinalIgnoreCase), CacheDimensions.Location)
            | If(call.Rules.ModelNumber != previous.Rules.ModelNumber, CacheDimensions.Model)
            | If(now.Betas != was.Betas, CacheDimensions.Betas)
            | If(now.Geo != was.Geo, CacheDimensions.Geo)
            | If(now.Speed != was.Speed, CacheDimensions.Speed)
            | If(now.WebTools != was.WebTools, CacheDimensions.WebTools)
            | If(now.HasCitations != was.HasCitations, CacheDimensions.Citations)
            | If(now.ToolChoice != was.ToolChoice, CacheDimensions.ToolChoice)
            | If(now.Thinking != was.Thinking, CacheDimensions.Thinking)
            | If(now.Effort != was.Effort, CacheDimensions.Effort)
            | If(now.Format != was.Format, CacheDimensions.Format)
            | If(now.Images > 0 != was.Images > 0, CacheDimensions.Images)
            | If(now.McpServers != was.McpServers, CacheDimensions.McpServers)
            | If(now.Skills != was.Skills, CacheDimensions.Skills)
            | If(now.TaskBudget != was.TaskBudget, CacheDimensions.TaskBudget)
            | If(now.ContextManagement != was.ContextManagement, CacheDimensions.ContextManagement);
    }

    /// <summary>The cause among some dimensions; null where none of them differs.</summary>
    /// <param name="differing">In what the calls differ.</param>
    /// <param name="among">The dimensions that can be to blame.</param>
    /// <param name="path">The prompt.</param>
    /// <param name="lost">The level of the first entry that is lost.</param>
    public static Cause? Find(CacheDimensions differing, CacheDimensions among, SegmentPath path, CacheLevel lost)
    {
        foreach (var (dimension, reason, name) in Causes)
        {
            if ((differing & among & dimension) != CacheDimensions.None)
            {
                return new Cause(reason, LevelOf(dimension, path, lost), 0, name);
            }
        }

        return null;
    }

    /// <summary>What can lose an entry of a level, by the documentation.</summary>
    public static CacheDimensions ThatLose(CacheLevel level) => level switch
    {
        CacheLevel.Tools => CacheDimensions.All,
        CacheLevel.System => CacheDimensions.All | CacheDimensions.FromSystem,
        _ => CacheDimensions.All | CacheDimensions.FromSystem | CacheDimensions.FromMessages,
    };

    // Some models render thinking, effort and formats before the messages: then what was lost tells the level.
    private static CacheLevel LevelOf(CacheDimensions dimension, SegmentPath path, CacheLevel lost) =>
        (dimension & CacheDimensions.All) != CacheDimensions.None ? path.Count > 0 ? path[0].Level : lost
        : (dimension & CacheDimensions.FromSystem) != CacheDimensions.None ? CacheLevel.System
        : (dimension & OfMessages) != CacheDimensions.None ? CacheLevel.Messages
        : lost;

    private static CacheDimensions If(bool differs, CacheDimensions dimension) => differs ? dimension : CacheDimensions.None;
}
