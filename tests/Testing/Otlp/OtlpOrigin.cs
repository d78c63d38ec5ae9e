namespace Testing.Otlp;

/// <summary>Where telemetry comes from: the resource, and the instrumentation scope.</summary>
/// <param name="Resource">The resource's attributes.</param>
/// <param name="ScopeName">The name of the source or meter.</param>
/// <param name="ScopeVersion">Its version.</param>
/// <param name="SchemaUrl">Its schema.</param>
public sealed record OtlpOrigin(IReadOnlyDictionary<string, object?> Resource, string ScopeName, string ScopeVersion, string SchemaUrl);
