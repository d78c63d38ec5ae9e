namespace MessagesSimulator.Errors;

/// <summary>A request that the API answers with an error.</summary>
internal sealed class ApiException(int status, string type, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Type { get; } = type;

    public static ApiException Invalid(string message) => new(400, "invalid_request_error", message);
}
