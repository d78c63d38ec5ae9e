namespace MessagesSimulator.Caching;

/// <summary>Who asks, and where: cached prompts are shared within that and nowhere else.</summary>
/// <param name="Organization">The organisation.</param>
/// <param name="Workspace">Its workspace.</param>
/// <param name="Region">Where the provider computes; the request's <c>inference_geo</c> divides it further.</param>
public sealed record CacheCaller(string Organization, string Workspace = "default", string Region = "")
{
    /// <summary>Whether the organisation's workspaces share what is cached, as on Bedrock and Google Cloud.</summary>
    public bool SharesWorkspaces { get; init; }

    /// <summary>Organisation and workspace, as text.</summary>
    internal string Owner => $"{Organization}\n{Workspace}";

    /// <summary>The owner of the cache for a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inferenceGeo">The request's geography; null: anywhere.</param>
    /// <returns>The owner, as text.</returns>
    internal string Scope(string model, string? inferenceGeo) =>
        string.Join('\n', Organization, SharesWorkspaces ? "*" : "/" + Workspace, Region, inferenceGeo ?? "global", model);
}
