namespace RanCognition.Interop;

public static unsafe partial class NativeMethods
{
    // Runs before the first of the imports: the loader must know where to look.
    static NativeMethods() => LibraryResolver.Register();
}
