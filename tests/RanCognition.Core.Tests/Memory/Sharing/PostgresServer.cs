using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace RanCognition.Tests.Memory.Sharing;

/// <summary>A PostgreSQL server of the tests' own: a new cluster in a temporary folder, on a port of its own, which can be killed and started again.</summary>
public sealed class PostgresServer : IDisposable
{
    public const string Password = "Tr1cky=;pass";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "rancog-pg-" + Guid.NewGuid().ToString("N")[..8]);
    private readonly string _data;
    private int _databases;

    public PostgresServer()
    {
        Directory.CreateDirectory(_folder);
        _data = Path.Combine(_folder, "data");
        string passwordFile = Path.Combine(_folder, "password");
        File.WriteAllText(passwordFile, Password);
        if (Environment.IsPrivilegedProcess)
        {
            Execute("/bin/chown", "-R", "postgres", _folder);
        }
        Run("initdb", "-D", _data, "-U", "tester", "-A", "scram-sha-256", "--pwfile", passwordFile, "-E", "UTF8", "--locale=C", "-N");
        Port = FreePort();
        string settings = $"""
            port = {Port}
            listen_addresses = '127.0.0.1'
            unix_socket_directories = '{_folder}'
            fsync = off
            max_connections = 60
            shared_buffers = 16MB
            ssl = on
            """;
        File.AppendAllText(Path.Combine(_data, "postgresql.conf"), settings + "\n");
        WriteCertificate();
        Start();
    }

    public static string? Programs { get; } = FindPrograms();

    public int Port { get; }

    public string SocketFolder => _folder;

    public void Start() => Run("pg_ctl", "start", "-w", "-D", _data, "-l", Path.Combine(_folder, "log"));

    /// <summary>As if it had crashed: no connection ends in an orderly way.</summary>
    public void Kill() => Run("pg_ctl", "stop", "-m", "immediate", "-D", _data);

    public string NewDatabase(string options = "")
    {
        string name = $"d{Interlocked.Increment(ref _databases)}";
        Sql("postgres", $"CREATE DATABASE {name} {options}");
        return name;
    }

    public string Connection(string database, string rest = "SSL Mode=Disable")
        => $"Host=127.0.0.1;Port={Port};Database={database};Username=tester;Password='{Password}';Timeout=3;{rest}";

    public object? Sql(string database, string sql)
    {
        using var connection = new NpgsqlConnection(Connection(database, "SSL Mode=Disable;Pooling=false"));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        try
        {
            Kill();
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        string keyFile = Path.Combine(_data, "server.key"), certificateFile = Path.Combine(_data, "server.crt");
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        Execute("/bin/chmod", "600", keyFile);
        if (Environment.IsPrivilegedProcess)
        {
            Execute("/bin/chown", "postgres", keyFile, certificateFile);
        }
    }

    /// <summary>The server refuses to run as root.</summary>
    private static void Run(string program, params string[] arguments)
    {
        string path = Path.Combine(Programs!, program);
        if (Environment.IsPrivilegedProcess)
        {
            Execute("runuser", ["-u", "postgres", "--", path, .. arguments]);
        }
        else
        {
            Execute(path, arguments);
        }
    }

    private static void Execute(string program, params string[] arguments)
    {
        // Its output goes nowhere: the server would inherit a pipe and keep it open.
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? FindPrograms()
    {
        const string Debian = "/usr/lib/postgresql";
        return !Directory.Exists(Debian) ? null : Directory.GetDirectories(Debian).Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb"))).OrderBy(bin => bin.Length).ThenBy(bin => bin, StringComparer.Ordinal).LastOrDefault();
    }
}
