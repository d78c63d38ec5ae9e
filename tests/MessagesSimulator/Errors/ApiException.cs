namespace MessagesSimulator.Errors;

/// <summary>A request that the API answers with an error.</summary>
public sealed class ApiException(int status, string type, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The type of the error.</summary>
    public string Type { get; } = type;

    internal static ApiException Invalid(string message) => new(400, "invalid_request_error", message);
}
