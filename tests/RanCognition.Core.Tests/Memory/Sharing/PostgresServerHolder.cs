namespace RanCognition.Tests.Memory.Sharing;

/// <summary>Starts the server when the first test asks for it, so that nothing is started where all are skipped.</summary>
public sealed class PostgresServerHolder : IDisposable
{
    private readonly Lazy<PostgresServer> _server = new(() => new PostgresServer());

    public PostgresServer Server => _server.Value;

    public void Dispose()
    {
        if (_server.IsValueCreated)
        {
            _server.Value.Dispose();
        }
    }
}
