using System.Net.Sockets;
using Telemetry.Handler.Content.Texts;

namespace Telemetry.Handler.Events;

/// <summary>What of an exception may be told. The message of an unknown one can quote anything, also a prompt or an answer.</summary>
internal static class ExceptionText
{
    private const int LongestMessage = 1_024;

    public static string TypeOf(Exception error) => error.GetType().FullName ?? nameof(Exception);

    /// <summary>The message, where the runtime's own network code wrote it, without secrets and queries; null for any other.</summary>
    public static string? MessageOf(Exception error)
    {
        if (!IsOfTransfer(error))
        {
            return null;
        }

        var message = SecretMask.Apply(UriText.InText(error.Message));
        return message.Length <= LongestMessage ? message : message[..LongestMessage];
    }

    private static bool IsOfTransfer(Exception error) => error switch
    {
        HttpIOException or SocketException => true,
        HttpRequestException request => request.HttpRequestError != HttpRequestError.Unknown,
        OperationCanceledException canceled => canceled.InnerException is TimeoutException,
        IOException io => io.InnerException is SocketException,
        _ => false,
    };
}
