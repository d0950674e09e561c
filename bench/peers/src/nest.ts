import 'reflect-metadata';
import {
  Controller,
  Get,
  Injectable,
  Module,
  NotFoundException,
  Param,
  ParseUUIDPipe,
  Query,
  UnauthorizedException,
  UseGuards,
  ValidationPipe,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JwtModule, JwtService } from '@nestjs/jwt';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import type { Request } from 'express';
import { Repository } from 'typeorm';
import { Product } from './product.entity.ts';
import { afterCursor, firstPage } from './products.ts';
import { database, port, tokenKey } from './settings.ts';

// Follows the documentation of NestJS with TypeORM: a module, a controller, a service with a repository, a guard for
// the token, and a DTO with class-validator.

class ListQuery {
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 20;

  @IsOptional()
  @IsString()
  cursor?: string;
}

@Injectable()
class JwtAuthGuard implements CanActivate {
  constructor(private readonly jwtService: JwtService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request & { user?: unknown }>();
    const token = request.headers.authorization?.slice('Bearer '.length) ?? '';
    try {
      request.user = this.jwtService.verify(token);
    } catch {
      throw new UnauthorizedException();
    }
    return true;
  }
}

@Injectable()
class ProductsService {
  constructor(@InjectRepository(Product) private readonly products: Repository<Product>) {}

  list({ limit, cursor }: ListQuery): Promise<unknown> {
    return cursor === undefined ? firstPage(this.products, limit) : afterCursor(this.products, limit, cursor);
  }

  async get(id: string): Promise<unknown> {
    const data = await this.products.findOne({ where: { id } });
    if (data === null) throw new NotFoundException();
    return { status: 'success', data };
  }
}

@Controller('api/v1/guarded-products')
@UseGuards(JwtAuthGuard)
class ProductsController {
  constructor(private readonly products: ProductsService) {}

  @Get()
  list(@Query() query: ListQuery): Promise<unknown> {
    return this.products.list(query);
  }

  @Get(':id')
  get(@Param('id', ParseUUIDPipe) id: string): Promise<unknown> {
    return this.products.get(id);
  }
}

/** Serves the path that the benchmark requests until the server is ready. */
@Controller('api/v1/products')
class ReadyController {
  constructor(private readonly products: ProductsService) {}

  @Get()
  list(@Query() query: ListQuery): Promise<unknown> {
    return this.products.list(query);
  }
}

@Module({
  imports: [
    TypeOrmModule.forRoot(database),
    TypeOrmModule.forFeature([Product]),
    JwtModule.register({ secret: tokenKey as never, verifyOptions: { algorithms: ['HS256'] } }),
  ],
  controllers: [ProductsController, ReadyController],
  providers: [ProductsService, JwtAuthGuard],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true }));
await app.listen(port, '127.0.0.1');
