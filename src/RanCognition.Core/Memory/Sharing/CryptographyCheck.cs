using System.Runtime.InteropServices;
using RanCognition.Contracts;

namespace RanCognition.Memory.Sharing;

/// <summary>Passwords and TLS go through the system's OpenSSL. The runtime ends the process where it finds none, so it is looked for first.</summary>
internal static class CryptographyCheck
{
    private static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1", "libssl.so.1.0.2", "libssl.so.1.0.0", "libssl.so.10"];

    public static void Require()
    {
        if (OperatingSystem.IsLinux() && !Names.Any(name => NativeLibrary.TryLoad(name, out _)))
        {
            InvalidInputException.Throw("postgres", "sharing needs OpenSSL (Debian: libssl3), which is not installed");
        }
    }
}
