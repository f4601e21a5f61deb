# The image of Yomu. Nothing secret is in here: settings and secrets arrive as environment variables when a container starts.

FROM docker.io/library/rust:1.95-alpine3.23 AS build
WORKDIR /source
# rust-toolchain.toml stays outside: it would fetch another toolchain than the one of the image.
COPY Cargo.toml Cargo.lock ./
COPY apps/ apps/
COPY crates/ crates/
RUN cargo build --release --locked --package yomu

# The binary is static and has the certificate authorities in it: nothing else is in the image, no shell either.
FROM scratch
COPY --from=build /source/target/release/yomu /yomu
ENV PORT=3000
EXPOSE 3000
USER 65532:65532
ENTRYPOINT ["/yomu"]
