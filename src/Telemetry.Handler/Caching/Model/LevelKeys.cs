using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Model;

/// <summary>
/// Turns a prefix of content into the key of its entry: whose cache it is, and which parameters are part of it from which level
/// on. Source: the table of what invalidates the cache, in Anthropic's documentation of prompt caching.
/// </summary>
internal readonly struct LevelKeys
{
    private readonly UInt128 _tools;
    private readonly UInt128 _system;
    private readonly UInt128 _messages;

    public LevelKeys(in CacheScope scope, in CacheParameters parameters, CacheRules rules)
        : this(scope, parameters, rules.ModelNumber, rules.Harmless)
    {
    }

    private LevelKeys(in CacheScope scope, in CacheParameters parameters, ulong model, CacheDimensions harmless)
    {
        var key = PrefixHash.Mix(scope.Workspace, new UInt128((ulong)scope.Provider, model));
        key = Add(key, harmless, CacheDimensions.Location, Fingerprint.Of(scope.Location));
        key = Add(key, harmless, CacheDimensions.Betas, parameters.Betas);
        key = Add(key, harmless, CacheDimensions.Geo, parameters.Geo);
        _tools = Add(key, harmless, CacheDimensions.McpServers, parameters.McpServers);
        key = Add(_tools, harmless, CacheDimensions.Speed, parameters.Speed);
        key = Add(key, harmless, CacheDimensions.WebTools, parameters.WebTools);
        key = Add(key, harmless, CacheDimensions.Skills, parameters.Skills);
        _system = Add(key, harmless, CacheDimensions.Citations, parameters.HasCitations ? 1UL : 0);
        key = Add(_system, harmless, CacheDimensions.ToolChoice, parameters.ToolChoice);
        key = Add(key, harmless, CacheDimensions.Thinking, parameters.Thinking);
        key = Add(key, harmless, CacheDimensions.Effort, parameters.Effort);
        key = Add(key, harmless, CacheDimensions.Format, parameters.Format);
        key = Add(key, harmless, CacheDimensions.TaskBudget, parameters.TaskBudget);
        _messages = Add(key, harmless, CacheDimensions.Images, parameters.Images > 0 ? 1UL : 0);
    }

    /// <summary>What tells calls apart that send the same prompts side by side: to two models, with two efforts, for two workspaces.</summary>
    public static UInt128 LineOf(in CacheScope scope, in CacheParameters parameters, CacheRules rules) =>
        new LevelKeys(scope, parameters, rules.ModelNumber, CacheDimensions.None)._messages;

    /// <summary>The key of the entry of a prefix that ends in a level.</summary>
    public UInt128 Of(UInt128 prefix, CacheLevel level) =>
        PrefixHash.Mix(level switch { CacheLevel.Tools => _tools, CacheLevel.System => _system, _ => _messages }, prefix);

    private static UInt128 Add(UInt128 key, CacheDimensions harmless, CacheDimensions dimension, ulong value) =>
        (harmless & dimension) == CacheDimensions.None ? PrefixHash.Mix(key, new UInt128((ulong)dimension, value)) : key;
}
