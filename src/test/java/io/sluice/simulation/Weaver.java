package io.sluice.simulation;

import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;

/** Turns calls to the machine and to Kafka into calls to {@link Machine}. */
final class Weaver {
  private static final String MACHINE = "io/sluice/simulation/Machine";
  private static final String CRASH_POINT = "io/sluice/delivery/CrashPoint";

  /** Classes of which the world has its own. */
  private static final Map<String, String> TYPES =
      Map.of(
          "org/apache/kafka/clients/producer/KafkaProducer",
          "io/sluice/simulation/SimulatedProducer",
          "org/apache/kafka/clients/consumer/KafkaConsumer",
          "io/sluice/simulation/SimulatedConsumer");

  /** Static methods, by owner, name and descriptor, and the name that they have in the machine. */
  private static final Map<String, String> STATIC =
      Map.ofEntries(
          Map.entry("java/lang/System.nanoTime()J", "nanoTime"),
          Map.entry("java/lang/System.currentTimeMillis()J", "currentTimeMillis"),
          Map.entry("java/lang/Thread.sleep(J)V", "sleep"),
          Map.entry("java/lang/Thread.currentThread()Ljava/lang/Thread;", "currentThread"),
          Map.entry("java/util/concurrent/locks/LockSupport.parkNanos(J)V", "parkNanos"),
          Map.entry("java/util/UUID.randomUUID()Ljava/util/UUID;", "randomUuid"),
          Map.entry(
              "java/util/concurrent/Executors.newSingleThreadScheduledExecutor"
                  + "(Ljava/util/concurrent/ThreadFactory;)"
                  + "Ljava/util/concurrent/ScheduledExecutorService;",
              "timer"),
          Map.entry(
              "org/slf4j/LoggerFactory.getLogger(Ljava/lang/Class;)Lorg/slf4j/Logger;", "logger"),
          Map.entry(
              "org/apache/kafka/clients/admin/Admin.create(Ljava/util/Map;)"
                  + "Lorg/apache/kafka/clients/admin/Admin;",
              "admin"),
          Map.entry(
              "java/nio/channels/FileChannel.open"
                  + "(Ljava/nio/file/Path;[Ljava/nio/file/OpenOption;)"
                  + "Ljava/nio/channels/FileChannel;",
              "open"),
          Map.entry(
              "java/nio/channels/FileChannel.open"
                  + "(Ljava/nio/file/Path;Ljava/util/Set;[Ljava/nio/file/attribute/FileAttribute;)"
                  + "Ljava/nio/channels/FileChannel;",
              "open"));

  private static final String NEW_WATCH_SERVICE =
      "java/nio/file/FileSystem.newWatchService()Ljava/nio/file/WatchService;";
  private static final String FORCE = "java/nio/channels/FileChannel.force(Z)V";

  private Weaver() {}

  static byte[] weave(byte[] code) {
    var reader = new ClassReader(code);
    var writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    reader.accept(new ClassRemapper(new Calls(writer), new SimpleRemapper(Opcodes.ASM9, TYPES)), 0);
    return writer.toByteArray();
  }

  private static final class Calls extends ClassVisitor {
    private boolean crashPoint;

    Calls(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visit(
        int version, int access, String name, String signature, String parent, String[] types) {
      crashPoint = name.equals(CRASH_POINT);
      super.visit(version, access, name, signature, parent, types);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new Body(next, crashPoint && name.equals("pass"));
    }
  }

  private static final class Body extends MethodVisitor {
    private final boolean crashPoint;

    Body(MethodVisitor next, boolean crashPoint) {
      super(Opcodes.ASM9, next);
      this.crashPoint = crashPoint;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      if (crashPoint) {
        super.visitVarInsn(Opcodes.ALOAD, 0);
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC, MACHINE, "crashPoint", "(Ljava/lang/Enum;)V", false);
      }
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      String call = owner + "." + name + descriptor;
      String known = opcode == Opcodes.INVOKESTATIC ? STATIC.get(call) : null;
      if (known != null) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, MACHINE, known, descriptor, false);
      } else if (call.equals(NEW_WATCH_SERVICE)) {
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC,
            MACHINE,
            "newWatchService",
            "(Ljava/nio/file/FileSystem;)Ljava/nio/file/WatchService;",
            false);
      } else if (call.equals(FORCE)) {
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC, MACHINE, "force", "(Ljava/nio/channels/FileChannel;Z)V", false);
      } else {
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      }
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      Object[] woven = arguments.clone();
      for (int i = 0; i < woven.length; i++) {
        if (woven[i] instanceof Handle handle && handle.getTag() == Opcodes.H_INVOKESTATIC) {
          String known = STATIC.get(handle.getOwner() + "." + handle.getName() + handle.getDesc());
          if (known != null) {
            woven[i] = new Handle(Opcodes.H_INVOKESTATIC, MACHINE, known, handle.getDesc(), false);
          }
        }
      }
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, woven);
    }
  }
}
